"""Upkeep and figures: what may go, and how much waits."""

from dataclasses import dataclass

from psycopg.rows import class_row

from trays.messages import Direction
from trays.pools import Connection
from trays.queries import query

# So many rows a transaction: nobody waits behind a long delete.
BATCH = 5_000


@dataclass(frozen=True)
class Depth:
    """What one tray holds: waiting messages, of how many customers, the oldest one's age, and
    how many are in hand or were given up."""

    direction: Direction
    messages: int
    lanes: int
    oldest_seconds: float
    in_hand: int
    dead: int


@dataclass(frozen=True)
class Paused:
    """A number of ours that may not send for some seconds more, and why."""

    number: str
    seconds: float
    reason: str


async def delete_finished(conn: Connection, days: float) -> int:
    """Deletes what customers wrote and sent that is older than `days`, wherever it is kept.

    Returns how many messages it were. Customers and orders stay, for as long as nobody erases
    them; storage/personal.py says of every column which it is.
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
    """Deletes what was kept for training and is older than `days`; returns how much it was."""
    async with conn.transaction():
        return (await conn.execute(query("forget"), {"days": days})).rowcount


async def delete_expired(conn: Connection) -> int:
    """Deletes conversations that have expired, and kept carts; returns how many conversations.

    Conversations that a person had long ago, with nothing left to answer, are the bot's again.
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
    """Which of our numbers are paused at present."""
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
