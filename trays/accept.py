"""The way in: webhook bodies stored in one transaction and one round trip."""

import asyncio
import random
import time
from collections.abc import Sequence
from functools import cache
from typing import Any

from psycopg import AsyncRawCursor, errors

from settings.errors import DocstringError
from trays import customers, encoding, lanes, receipts
from trays.bodies import Body
from trays.customers import Identity
from trays.messages import Incoming, Receipt
from trays.pools import Connection, one_trip
from trays.queries import query

Rows = list[tuple[Any, ...]]
Owners = list[tuple[str, Body]]

# Another transaction changed the same customers: the next try finds them unchanged.
COLLISIONS = (
    errors.DeadlockDetected,
    errors.SerializationFailure,
    errors.ForeignKeyViolation,
    errors.UniqueViolation,
    errors.LockNotAvailable,
)
MOST_TRIES = 5
# WhatsApp waits for its 200; after so many seconds it is better that it sends the body again.
PATIENCE = 5.0


class Unsettled(DocstringError):
    """The customers were in use for too long while their messages came: nothing is lost, try again.

    Another transaction holds the customers' rows, or their phone or user id kept changing.
    """


def retry_pause(tries: int) -> float:
    """The seconds to wait after this many failed tries."""
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
            await asyncio.sleep(retry_pause(tries))
        tries += 1
        try:
            await store_bodies(conn, [body])
        except COLLISIONS:
            continue
        await follow_up(conn, body)
    return body.new


async def store_bodies(conn: Connection, bodies: Sequence[Body]) -> None:
    """Stores the bodies in one transaction and one round trip; what was not stored stays in them.

    A message that is in several bodies is stored and counted once. Messages whose customer is not
    known yet get a second transaction, which makes the customer.

    Raises:
        psycopg.Error: the bodies still hold what was not stored, and nothing else.
    """
    messages, owners = _messages(bodies)
    facts = receipts.fold_receipts([receipt for body in bodies for receipt in body.receipts])
    outcomes, moved = await _send(conn, messages, facts)
    left = _note_all(owners, outcomes)
    if moved:
        bodies[0].freed += [freed[:3] for freed in moved if freed[0]]
        left |= {freed[3] for freed in moved if freed[3]}
    for body in bodies:
        body.keep(left)
    strangers = {owners[outcome[0] - 1][0] for outcome in outcomes if outcome[4]}
    if strangers:
        await _store_strangers(conn, bodies, strangers)


async def _store_strangers(conn: Connection, bodies: Sequence[Body], strangers: set[str]) -> None:
    messages, owners = _messages(bodies, strangers)
    async with one_trip(conn):
        await AsyncRawCursor(conn).execute(_raw(query("meet")), [messages])
        stored = await AsyncRawCursor(conn).execute(_raw(query("take_in")), [messages])
    left = _note_all(owners, await stored.fetchall())
    for body in bodies:
        body.drop(strangers - left)


def _messages(bodies: Sequence[Body], only: set[str] | None = None) -> tuple[str, Owners]:
    """Returns the messages as one JSON list, each once, in the order of the bodies ("" if none).

    Returns also each message's id with the first body that holds it.
    """
    owners: dict[str, Body] = {}
    texts = []
    for body in bodies:
        for message_id, row in body.rows.items():
            if message_id not in owners and (only is None or message_id in only):
                owners[message_id] = body
                texts.append(row.text)
    return f"[{','.join(texts)}]" if texts else "", list(owners.items())


def _note_all(owners: Owners, outcomes: Rows) -> set[str]:
    """Records the results in the bodies; returns the ids of the messages that were not stored."""
    left = set()
    for place, is_new, unsettled, is_left, _ in outcomes:
        message_id, body = owners[place - 1]
        if is_left:
            left.add(message_id)
        elif is_new or unsettled:
            _note(body, message_id, is_new=is_new, unsettled=unsettled)
    return left


@cache
def _raw(query: bytes) -> bytes:
    """Writes the query with PostgreSQL's own placeholders: psycopg would convert it at each
    call."""
    return query.replace(b"%(messages)s", b"$1")


async def _send(conn: Connection, messages: str, facts: list[dict[str, Any]]) -> tuple[Rows, Rows]:
    """Sends the queries; returns the outcome of each message, and the rows of the receipts."""
    if not messages and not facts:
        return [], []
    taking = AsyncRawCursor(conn)
    if not facts and conn.autocommit:
        # Without a pipeline, which costs more than one statement alone.
        return await (await taking.execute(_raw(query("take_in")), [messages])).fetchall(), []
    stored = moved = None
    async with one_trip(conn):
        if messages:
            stored = await taking.execute(_raw(query("take_in")), [messages])
        if facts:
            moved = await conn.execute(query("move_on"), {"receipts": encoding.dump_json(facts)})
    return await stored.fetchall() if stored else [], await moved.fetchall() if moved else []


def _note(body: Body, message_id: str, *, is_new: bool, unsettled: bool) -> None:
    row = body.rows[message_id]
    body.new += is_new
    if unsettled or (is_new and row.moved):
        body.settling.append((row.sender, row.moved))


async def follow_up(conn: Connection, body: Body) -> None:
    """Does the rare work that may come later, and may be lost if the process ends before it."""
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
