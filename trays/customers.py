"""Finds the customer who sent a message (by user id, then by phone), and handles their changes.

WhatsApp may leave out the phone or the user id, so one person can have two rows until a message
has both. This is rare, so it runs in a transaction of its own after the messages were stored.
"""

from typing import Any, NamedTuple
from uuid import UUID

from psycopg import sql
from psycopg.rows import dict_row

from trays.pools import Connection
from trays.queries import query

Profile = dict[str, Any]


class Identity(NamedTuple):
    """A customer's user id and phone as WhatsApp gives them; the user id decides where both are
    known."""

    phone: str | None
    user_id: str | None

    def __bool__(self) -> bool:
        return bool(self.phone or self.user_id)


async def settle_identity(conn: Connection, identity: Identity) -> None:
    """Makes sure that this user id and this phone belong to the same customer.

    A customer with this phone and no user id is the same person: the two are merged. A customer
    with this phone and another user id had the number earlier and loses it, but keeps the orders.
    """
    async with conn.transaction():
        by_user, by_phone = await _find_profiles(conn, identity)
        await _join(conn, by_user, by_phone, identity)


async def move_customer(conn: Connection, old: Identity, new: Identity) -> None:
    """The customer `old` now writes from `new`, as a system message of WhatsApp says."""
    async with conn.transaction():
        by_user, by_phone = await _find_profiles(conn, old)
        stays = by_user or by_phone
        if stays is None:
            return
        for other in await _find_profiles(conn, new):
            if other and other["id"] != stays["id"]:
                await merge_customers(conn, keep=stays["id"], drop=other["id"])
        await _write(conn, "move_identity", stays["id"], new)


async def _find_profiles(
    conn: Connection, identity: Identity
) -> tuple[Profile | None, Profile | None]:
    """The customers with this user id and with this phone, locked."""
    cursor = conn.cursor(row_factory=dict_row)
    names = {"user_id": identity.user_id, "phone": identity.phone}
    await cursor.execute(query("lock_lanes"), names)
    await cursor.execute(query("lock_customers"), names)
    rows = await cursor.fetchall()
    by_user = [row for row in rows if identity.user_id and row["user_id"] == identity.user_id]
    by_phone = [row for row in rows if identity.phone and row["whatsapp_phone"] == identity.phone]
    return next(iter(by_user), None), next(iter(by_phone), None)


async def _join(
    conn: Connection, by_user: Profile | None, by_phone: Profile | None, identity: Identity
) -> None:
    stays = by_user or by_phone
    if stays is None or (by_user is None and stays["user_id"] and identity.user_id):
        return
    if by_phone and by_phone["id"] != stays["id"]:
        if by_phone["user_id"] is None:
            await merge_customers(conn, keep=stays["id"], drop=by_phone["id"])
        else:
            await conn.execute(query("drop_phone"), {"id": by_phone["id"]})
    await _write(conn, "set_identity", stays["id"], identity)


async def _write(conn: Connection, how: str, customer: UUID, identity: Identity) -> None:
    await conn.execute(
        query(how), {"id": customer, "phone": identity.phone, "user_id": identity.user_id}
    )


async def merge_customers(conn: Connection, *, keep: UUID, drop: UUID) -> None:
    """Merges two customers inside a transaction: everything of `drop` moves to `keep`.

    A claimed message of `drop` is fenced and claimed again in `keep`'s lane; the open conversation
    of `drop` is discarded.
    """
    both = {"keep": keep, "drop": drop}
    await conn.execute(query("close_lanes"), both)
    await conn.execute(query("end_conversation"), both)
    for table, column in await (await conn.execute(query("customers_tables"))).fetchall():
        statement = "UPDATE {table} SET {column} = %(keep)s WHERE {column} = %(drop)s"
        await conn.execute(
            sql.SQL(statement).format(table=sql.SQL(table), column=sql.Identifier(column)), both
        )
    await conn.execute(query("move_events"), both)
    await conn.execute(query("move_log"), both)
    await conn.execute(query("merge_profiles"), both)
    await conn.execute(query("delete_customer"), both)
    await conn.execute(query("open_lanes"), both)
