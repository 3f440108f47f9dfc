"""Rasa's events in the table `events`: read from the newest session on, and written.

A session is cut by the id of its `session_started`, and times are the database's: workers whose
clocks differ read the same conversation. A worker sees its own clock: times are shifted by whole
seconds on the way out and back on the way in, so that machines that agree change nothing. The time
of `session_started` is never shifted, since it names the session.
"""

import json
import time
from collections.abc import Iterable, Sequence
from typing import Any

import psycopg
from rasa.shared.core.events import Event, SessionStarted

Connection = psycopg.Connection[Any]
EventData = dict[str, Any]

# The events of a customer's newest session, as an expression for other queries.
NEWEST_SESSION = """
    ARRAY(SELECT data FROM events WHERE sender_id = %(sender_id)s AND id >= coalesce((
            SELECT id FROM events WHERE sender_id = %(sender_id)s AND type_name = 'session_started'
            ORDER BY id DESC LIMIT 1), 0)
        ORDER BY id)"""
_READ_SESSION = f"SELECT {NEWEST_SESSION}, extract(epoch FROM clock_timestamp())::float8"  # noqa: S608
_READ_ALL = """
    SELECT ARRAY(SELECT data FROM events WHERE sender_id = %(sender_id)s ORDER BY id),
        extract(epoch FROM clock_timestamp())::float8"""
_WRITE = """
    INSERT INTO events (sender_id, type_name, timestamp, intent_name, action_name, data)
    SELECT %(sender_id)s, * FROM unnest(%(types)s::text[], %(times)s::float8[],
        %(intents)s::text[], %(actions)s::text[], %(data)s::text[])"""


def read_events(
    connection: Connection, sender_id: str, *, all_sessions: bool = False
) -> tuple[list[EventData], int]:
    """The stored events of a conversation on this machine's clock, and that clock's lag in s."""
    query = _READ_ALL if all_sessions else _READ_SESSION
    row = connection.execute(query, {"sender_id": sender_id}).fetchone()
    stored, clock = row or ([], time.time())
    lag = lag_behind(clock)
    return decode_events(stored, lag), lag


def write_events(connection: Connection, sender_id: str, events: Iterable[Event], lag: int) -> None:
    """Appends events to a conversation; `lag` is what `read_events` gave."""
    rows = [_on_clock(event.as_dict(), lag) for event in events]
    if not rows:
        return
    connection.execute(
        _WRITE,
        {
            "sender_id": sender_id,
            "types": [row["event"] for row in rows],
            "times": [row.get("timestamp") for row in rows],
            "intents": [row.get("parse_data", {}).get("intent", {}).get("name") for row in rows],
            "actions": [row.get("name") for row in rows],
            "data": [json.dumps(row) for row in rows],
        },
    )


def lag_behind(database_clock: float) -> int:
    """By how many whole seconds this machine's clock is behind the database's."""
    return round(database_clock - time.time())


def decode_events(stored: Sequence[str], lag: int) -> list[EventData]:
    """Stored events with their times on this machine's clock."""
    return [_on_clock(json.loads(data), -lag) for data in stored]


def _on_clock(event: EventData, shift: int) -> EventData:
    if not shift or event["event"] == SessionStarted.type_name or not event.get("timestamp"):
        return event
    return {**event, "timestamp": event["timestamp"] + shift}
