"""Measures whether messages get through: how long they wait, and whether any was delivered."""

from typing import Any

import psycopg

from trays.queries import query


def oldest_waiting(conn: psycopg.Connection[Any]) -> dict[str, float]:
    """The waiting time of the oldest message in seconds, by direction; empty trays are left out."""
    rows = conn.execute(query("oldest")).fetchall()
    return {str(direction): float(seconds) for direction, seconds in rows}


def count_undelivered(conn: psycopg.Connection[Any]) -> int:
    """The customers written to in the last half hour if no message was delivered, else 0."""
    row = conn.execute(query("undelivered")).fetchone()
    return int(row[0]) if row and not row[1] else 0
