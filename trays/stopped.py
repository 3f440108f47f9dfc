"""Whether our number may send: WhatsApp stops it for a bad token, a policy or too many messages."""

from typing import Any

import psycopg

from trays.queries import query


def why_stopped(conn: psycopg.Connection[Any]) -> str | None:
    """Why none of our messages can be sent at present, in Meta's words; None where they can."""
    row = conn.execute(query("stopped")).fetchone()
    return str(row[0]) if row else None
