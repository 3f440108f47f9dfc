"""The way in: a whole webhook body stored in one transaction and one round trip."""

import asyncio
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from psycopg import errors
from psycopg.rows import dict_row

from trays import customers, encoding, lanes, receipts
from trays.customers import Identity
from trays.messages import Incoming, Receipt
from trays.pools import Connection, one_trip
from trays.queries import query
from trays.records import records

Rows = list[dict[str, Any]]
Freed = list[tuple[UUID, int]]

# Another body about the same customers was in the way: the next look finds them settled.
COLLISIONS = (
    errors.DeadlockDetected,
    errors.SerializationFailure,
    errors.ForeignKeyViolation,
    errors.UniqueViolation,
)
MOST_TRIES = 5


class Unsettled(Exception):
    """The customers kept changing while their messages came in: nothing is lost, try again."""

    def __init__(self) -> None:
        super().__init__(self.__doc__)


async def accept(
    conn: Connection, messages: Sequence[Incoming], statuses: Sequence[Receipt] = ()
) -> int:
    """Stores the messages that are not here yet and moves ours forward by their receipts.

    Everything is on disk when this returns. It wakes nobody: see `trays.intake`.

    Returns:
        How many of the messages were new.

    Raises:
        Unsettled: the body must be offered again, as with any psycopg.Error.
    """
    given, facts = records(messages), receipts.folded(statuses)
    new = 0
    for attempt in range(MOST_TRIES):
        if attempt:
            await asyncio.sleep(0.02 * attempt)
        try:
            outcomes, freed = await _store(conn, given, facts)
        except COLLISIONS:
            continue
        new += sum(1 for outcome in outcomes if outcome["is_new"])
        await _follow_up(conn, messages, outcomes, freed)
        if not any(outcome["is_left"] for outcome in outcomes):
            return new
    raise Unsettled


async def _store(conn: Connection, given: Rows, facts: Rows) -> tuple[Rows, Freed]:
    """One round trip: what became of each message, and whose first message waits no longer."""
    stored = moved = None
    async with one_trip(conn):
        if given:
            cursor = conn.cursor(row_factory=dict_row)
            stored = await cursor.execute(query("take_in"), {"messages": encoding.dumps(given)})
        if facts:
            moved = await conn.execute(query("move_on"), {"receipts": encoding.dumps(facts)})
    outcomes = await stored.fetchall() if stored else []
    return outcomes, await moved.fetchall() if moved else []


async def _follow_up(
    conn: Connection, messages: Sequence[Incoming], outcomes: Rows, freed: Freed
) -> None:
    """What is rare and may as well be done a moment later, or not at all if we die here."""
    if freed:
        async with one_trip(conn):
            await lanes.nudge(conn, freed)
    for outcome in outcomes:
        message = messages[outcome["place"]]
        who = Identity(outcome["phone"], outcome["user_id"])
        moved = Identity(message.moved_to_phone, message.moved_to_user_id)
        if outcome["unsettled"] or (outcome["is_new"] and moved):
            await _settle(conn, who, moved)


async def _settle(conn: Connection, who: Identity, moved: Identity) -> None:
    for _ in range(MOST_TRIES):
        try:
            await customers.settle(conn, who)
            if moved:
                await customers.move(conn, who, moved)
            return
        except COLLISIONS:
            await asyncio.sleep(0.02)
