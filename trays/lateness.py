"""Whether messages get through: how long they wait, and whether any arrives."""

from typing import Any

import psycopg

from trays.queries import query


def oldest_waiting(conn: psycopg.Connection[Any]) -> dict[str, float]:
    """For how many seconds the oldest message has waited, by direction; not of empty trays."""
    rows = conn.execute(query("oldest")).fetchall()
    return {str(direction): float(seconds) for direction, seconds in rows}


def count_undelivered(conn: psycopg.Connection[Any]) -> int:
    """To how many customers something was sent in the last half hour, if none of it arrived."""
    row = conn.execute(query("undelivered")).fetchone()
    return int(row[0]) if row and not row[1] else 0
