"""The way in: webhook bodies stored in one transaction and one round trip."""

import asyncio
import random
import time
from collections.abc import Sequence
from functools import cache
from typing import Any

from psycopg import AsyncRawCursor, errors

from trays import customers, encoding, lanes, receipts
from trays.bodies import Body
from trays.customers import Identity
from trays.messages import Incoming, Receipt
from trays.pools import Connection, one_trip
from trays.queries import query

Rows = list[tuple[Any, ...]]

# Another body about the same customers was in the way: the next look finds them settled.
COLLISIONS = (
    errors.DeadlockDetected,
    errors.SerializationFailure,
    errors.ForeignKeyViolation,
    errors.UniqueViolation,
    errors.LockNotAvailable,
)
MOST_TRIES = 5
# WhatsApp waits for its 200; beyond this it had better send the body again.
PATIENCE = 5.0


class Unsettled(Exception):
    """The customers were in use for too long while their messages came: nothing is lost, try again.

    The customers are locked by somebody's transaction, or kept changing.
    """

    def __init__(self) -> None:
        super().__init__(self.__doc__)


def pause(tries: int) -> float:
    """How many seconds to wait before the next try, after so many."""
    return min(0.1, 0.005 * 2 ** min(tries, 5)) * random.uniform(0.5, 1)  # noqa: S311


async def accept_messages(
    conn: Connection, messages: Sequence[Incoming], statuses: Sequence[Receipt] = ()
) -> int:
    """Stores the messages that are not here yet and moves ours forward by their receipts.

    Everything is on disk when this returns. It wakes nobody: see `trays.intake`.

    Returns:
        How many of the messages were new.

    Raises:
        Unsettled: the body must be offered again, as with any psycopg.Error.
    """
    body, tries, deadline = Body(messages, statuses), 0, time.monotonic() + PATIENCE
    while not body.is_stored:
        if tries and time.monotonic() > deadline:
            raise Unsettled
        if tries:
            await asyncio.sleep(pause(tries))
        tries += 1
        try:
            await store(conn, [body])
        except COLLISIONS:
            continue
        await follow_up(conn, body)
    return body.new


async def store(conn: Connection, bodies: Sequence[Body]) -> None:
    """One transaction in one round trip for all of them; what is left stays in its body.

    A message that several of them bring is stored, and counted, once.

    Raises:
        psycopg.Error: nothing of any body was stored.
    """
    owners = {message_id: body for body in reversed(bodies) for message_id in body.rows}
    # In the order of the bodies, and within each in its own.
    ids = list(dict.fromkeys(message_id for body in bodies for message_id in body.rows))
    facts = receipts.fold_receipts(receipt for body in bodies for receipt in body.receipts)
    outcomes, moved = await _send(conn, [owners[each].rows[each].text for each in ids], facts)
    left = {ids[place - 1] for place, _, _, is_left in outcomes if is_left}
    for place, is_new, unsettled, _ in outcomes:
        _note(owners[ids[place - 1]], ids[place - 1], is_new=is_new, unsettled=unsettled)
    bodies[0].freed += [freed[:3] for freed in moved if freed[0]]
    left |= {freed[3] for freed in moved if freed[3]}
    for body in bodies:
        body.keep(left)


@cache
def _take_in() -> bytes:
    """As PostgreSQL takes it: psycopg would look for our names in so long a query each time."""
    return query("take_in").replace(b"%(messages)s", b"$1")


async def _send(
    conn: Connection, texts: list[str], facts: list[dict[str, Any]]
) -> tuple[Rows, Rows]:
    """What became of each message, and whose first message waits no longer or what is left."""
    if not texts and not facts:
        return [], []
    taking = AsyncRawCursor(conn)
    messages = [f"[{','.join(texts)}]"]
    if not facts and conn.autocommit:
        # Without a pipeline, which costs more than one statement alone.
        return await (await taking.execute(_take_in(), messages)).fetchall(), []
    stored = moved = None
    async with one_trip(conn):
        if texts:
            stored = await taking.execute(_take_in(), messages)
        if facts:
            moved = await conn.execute(query("move_on"), {"receipts": encoding.dump_json(facts)})
    return await stored.fetchall() if stored else [], await moved.fetchall() if moved else []


def _note(body: Body, message_id: str, *, is_new: bool, unsettled: bool) -> None:
    row = body.rows[message_id]
    body.new += is_new
    if unsettled or (is_new and row.moved):
        body.settling.append((row.sender, row.moved))


async def follow_up(conn: Connection, body: Body) -> None:
    """What is rare and may as well be done a moment later, or not at all if we die here."""
    freed, body.freed = body.freed, []
    settling, body.settling = body.settling, []
    if freed:
        async with one_trip(conn):
            await lanes.wake_out_lanes(conn, freed)
    for who, moved in settling:
        await _settle(conn, who, moved)


async def _settle(conn: Connection, who: Identity, moved: Identity) -> None:
    for _ in range(MOST_TRIES):
        try:
            await customers.settle_identity(conn, who)
            if moved:
                await customers.move_customer(conn, who, moved)
            return
        except COLLISIONS:
            await asyncio.sleep(0.02)
