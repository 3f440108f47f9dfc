"""Where orders stand on the board and in which version, read in one query without their contents.

A page that shows orders says which versions it has; only what changed since is read and sent.
"""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, Text, and_, case, cast, func, or_, select
from sqlalchemy.orm import Session
from sqlalchemy.sql import literal_column

from console.orders import history
from console.orders.cards import Trade, waits_for_staff
from console.wording import local_midnight
from shop.orders import unseen_orders
from shop.orders.order_status import OPEN
from storage.models import Order, OrderStatus, UserProfile

MOST_IN_A_COLUMN = 100


@dataclass(frozen=True)
class Standing:
    """An order's column, its place there (the smallest `key` is on top), and its version.

    waits: nobody has accepted it yet.
    """

    order_id: str
    status: OrderStatus
    key: int
    version: str
    waits: bool


@dataclass(frozen=True)
class Board:
    """The orders by number, each column in its order; `counts` may be more than are shown."""

    standings: dict[str, Standing]
    counts: Counter[str]


def read_board(session: Session, trade: Trade) -> Board:
    """Open orders of any day; delivered and cancelled ones as far as they became so today."""
    is_done = and_(~Order.status.in_(OPEN), Order.moved_at >= local_midnight())
    return _read(session, trade, or_(unseen_orders.is_to_do(trade.settings, trade.now), is_done))


def read_standings(session: Session, trade: Trade, orders: Collection[str]) -> Board:
    """These orders, wherever they stand."""
    return _read(session, trade, Order.order_id.in_(orders))


def _read(session: Session, trade: Trade, belongs: ColumnElement[bool]) -> Board:
    rows = session.execute(_select(trade, belongs)).all()
    untold = history.undelivered_notices(session, {row.order_id: row.status for row in rows})
    counts = Counter({row.status: row.count for row in rows})
    return Board({row.order_id: _standing(row, trade, untold) for row in rows}, counts)


def _select(trade: Trade, belongs: ColumnElement[bool]) -> Select[Any]:
    """The orders with their ranks; the names one by one, by key: a join may read all customers."""
    is_open = unseen_orders.is_open()
    # What is due first stands on top; of what is done, the latest.
    moment = func.coalesce(Order.due_at, Order.created_at)
    key = case(
        (is_open, func.extract("epoch", moment)), else_=-func.extract("epoch", Order.moved_at)
    )
    ranked = (
        select(
            Order.order_id, Order.status, Order.customer_id, Order.accepted_at,
            cast(literal_column("orders.xmin"), Text).label("row_version"),
            unseen_orders.is_new(trade.settings, trade.now).label("is_new"),
            key.label("key"),
            func.row_number()
            .over(partition_by=Order.status, order_by=(key, Order.order_id))
            .label("rank"),
            func.count().over(partition_by=Order.status).label("count"),
        )
        .where(belongs)
        .subquery()
    )  # fmt: skip
    whose = UserProfile.id == ranked.c.customer_id
    name = select(UserProfile.display_name).where(whose).correlate(ranked).scalar_subquery()
    query = select(ranked, name.label("name")).where(ranked.c.rank <= MOST_IN_A_COLUMN)
    return query.order_by(ranked.c.key, ranked.c.order_id)


def _standing(row: Row[Any], trade: Trade, untold: Mapping[str, str]) -> Standing:
    waits = waits_for_staff(trade, row.status, row.accepted_at)
    shown = (row.row_version, row.is_new, row.name, waits, untold.get(row.order_id))
    version = blake2b(repr(shown).encode(), digest_size=4).hexdigest()
    return Standing(row.order_id, row.status, int(row.key * 1000), version, waits)
