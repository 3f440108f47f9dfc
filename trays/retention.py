"""Retention and figures: deletes old data, counts waiting messages."""

from dataclasses import dataclass

from psycopg.rows import class_row

from trays.messages import Direction
from trays.pools import Connection
from trays.queries import query

# The rows per transaction, so that nobody waits for a long delete.
BATCH = 5_000


@dataclass(frozen=True)
class Depth:
    """The content of one tray: waiting messages, their customers (lanes), the oldest one's age, and
    the numbers of claimed and given-up messages."""

    direction: Direction
    messages: int
    lanes: int
    oldest_seconds: float
    in_hand: int
    dead: int


@dataclass(frozen=True)
class Paused:
    """A number of ours that may not send yet, for how many seconds, and why."""

    number: str
    seconds: float
    reason: str


async def delete_finished(conn: Connection, days: float) -> int:
    """Deletes customers' words and files older than `days` from every table.

    Returns the number of deleted messages. Customers and orders stay until somebody erases them;
    storage/personal.py lists the rule of every column.
    """
    deleted = 0
    while some := await _once(conn, query("prune"), days):
        deleted += some
        if some < BATCH:
            break
    for what in (
        query("prune_events"),
        query("prune_files"),
        query("prune_tickets"),
        query("prune_orders"),
        query("prune_addresses"),
        query("prune_consents"),
    ):
        while await _once(conn, what, days) == BATCH:
            pass
    return deleted


async def delete_unclear(conn: Connection, days: float) -> int:
    """Deletes messages kept for training that are older than `days`; returns their number."""
    async with conn.transaction():
        return (await conn.execute(query("forget"), {"days": days})).rowcount


async def delete_expired(conn: Connection) -> int:
    """Deletes expired conversations and kept carts; returns the number of conversations.

    A conversation that a person took over long ago, with nothing left to answer, goes back to the
    bot.
    """
    async with conn.transaction():
        await conn.execute(query("end_handovers"))
    async with conn.transaction():
        await conn.execute(query("prune_kept_carts"))
    async with conn.transaction():
        return (await conn.execute(query("sweep"))).rowcount


async def tray_depth(conn: Connection) -> list[Depth]:
    """How full the trays are, the in tray first."""
    async with conn.transaction(), conn.cursor(row_factory=class_row(Depth)) as cursor:
        return await (await cursor.execute(query("depth"))).fetchall()


async def paused_numbers(conn: Connection) -> list[Paused]:
    """Our numbers that are paused now."""
    async with conn.transaction(), conn.cursor(row_factory=class_row(Paused)) as cursor:
        return await (await cursor.execute(query("paused"))).fetchall()


async def _once(conn: Connection, what: bytes, days: float) -> int:
    """Deletes or empties some rows in a transaction of its own; returns how many."""
    async with conn.transaction():
        some = await conn.execute(what, {"days": days, "most": BATCH})
        if some.description:
            [[count]] = await some.fetchall()
            return int(count)
        return some.rowcount
