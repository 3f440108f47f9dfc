"""Finds out why our number may not send: a bad token, a policy, too many messages."""

from typing import Any

import psycopg

from trays.queries import query


def why_stopped(conn: psycopg.Connection[Any]) -> str | None:
    """Why no message can be sent now, in Meta's words; None if messages can be sent."""
    row = conn.execute(query("stopped")).fetchone()
    return str(row[0]) if row else None
