"""Reads Rasa's events of the newest session from the table `events`, and writes new ones.

A session begins at the id of its `session_started`, and times are the database's, so workers whose
clocks differ read the same conversation. Rasa compares times with this machine's clock, so they
are shifted to that clock, by whole seconds, when they are read.
The time of `session_started` is left alone, since it names the session.
"""

import json
import time
from collections.abc import Iterable, Sequence
from typing import Any

import psycopg
from rasa.shared.core.events import Event, SessionStarted

Connection = psycopg.Connection[Any]
EventData = dict[str, Any]

# The events of a customer's newest session, as an expression for other queries; ids may be negative
# (trays/customers.py, merge).
NEWEST_SESSION = """
    ARRAY(SELECT data FROM events WHERE sender_id = %(sender_id)s AND id >= coalesce((
            SELECT id FROM events WHERE sender_id = %(sender_id)s AND type_name = 'session_started'
            ORDER BY id DESC LIMIT 1), -2147483648)
        ORDER BY id)"""
_READ_SESSION = f"SELECT {NEWEST_SESSION}, extract(epoch FROM clock_timestamp())::float8"  # noqa: S608
_READ_ALL = """
    SELECT ARRAY(SELECT data FROM events WHERE sender_id = %(sender_id)s ORDER BY id),
        extract(epoch FROM clock_timestamp())::float8"""
_WRITE = """
    INSERT INTO events (sender_id, type_name, timestamp, intent_name, action_name, data)
    SELECT %(sender_id)s, type, timestamp, intent, action, data
    FROM json_to_recordset(%(rows)s::json) AS row (
        type text, timestamp float8, intent text, action text, data text)"""


def read_events(
    connection: Connection, sender_id: str, *, all_sessions: bool = False
) -> tuple[list[EventData], float]:
    """The stored events of a conversation on this machine's clock, and the database's clock."""
    query = _READ_ALL if all_sessions else _READ_SESSION
    row = connection.execute(query, {"sender_id": sender_id}).fetchone()
    stored, clock = row or ([], time.time())
    return decode_events(stored, clock), clock


def write_events(
    connection: Connection, sender_id: str, events: Iterable[Event], at: float
) -> None:
    """Appends events to a conversation; also within a pipeline.

    They get this time of the database's clock (seconds since 1970), each a little later than the
    one before, so a clock that jumps in the middle of a turn changes nothing.
    """
    rows = [_as_row(event, at + place / 1e6) for place, event in enumerate(events)]
    if not rows:
        return
    # As one JSON value: psycopg takes several times as long for arrays.
    connection.execute(_WRITE, {"sender_id": sender_id, "rows": json.dumps(rows)})


def decode_events(stored: Sequence[str], clock: float) -> list[EventData]:
    """Stored events with their times on this machine's clock; `clock` is the database's current
    time."""
    lag = round(clock - time.time())
    events = [json.loads(data) for data in stored]
    return [_at(event, event["timestamp"] - lag) for event in events] if lag else events


def _as_row(event: Event, moment: float) -> dict[str, Any]:
    data = _at(event.as_dict(), moment)
    return {
        "type": data["event"],
        "timestamp": data.get("timestamp"),
        "intent": data.get("parse_data", {}).get("intent", {}).get("name"),
        "action": data.get("name"),
        "data": json.dumps(data),
    }


def _at(event: EventData, moment: float) -> EventData:
    if event["event"] == SessionStarted.type_name or not event.get("timestamp"):
        return event
    return {**event, "timestamp": moment}
