"""Reads in one query each order's place on the board and its version, without its contents.

A page says which versions it has, so that only changed orders are read in full and sent.
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
    """An order's column, its place there (the smallest `key` is on top) and its version.

    waits: staff have yet to accept it.
    """

    order_id: str
    status: OrderStatus
    key: int
    version: str
    waits: bool


@dataclass(frozen=True)
class Board:
    """The orders by number, and the number of orders per column, which may exceed those shown."""

    standings: dict[str, Standing]
    counts: Counter[str]


def read_board(session: Session, trade: Trade) -> Board:
    """The board with open orders of any day, and those delivered or cancelled today."""
    is_done = and_(~Order.status.in_(OPEN), Order.moved_at >= local_midnight())
    return _read_board(
        session, trade, or_(unseen_orders.is_to_do(trade.settings, trade.now), is_done)
    )


def read_standings(session: Session, trade: Trade, orders: Collection[str]) -> Board:
    """The board with these orders only, each in its column."""
    return _read_board(session, trade, Order.order_id.in_(orders))


def _read_board(session: Session, trade: Trade, belongs: ColumnElement[bool]) -> Board:
    rows = session.execute(_select(trade, belongs)).all()
    untold = history.undelivered_notices(session, {row.order_id: row.status for row in rows})
    counts = Counter({row.status: row.count for row in rows})
    return Board({row.order_id: _standing(row, trade, untold) for row in rows}, counts)


def _select(trade: Trade, belongs: ColumnElement[bool]) -> Select[Any]:
    """A query for the orders that fit `belongs`, with their places and versions.

    Names are looked up one by one by key: a join may read all customers."""
    is_open = unseen_orders.is_open_order()
    # Open orders: the first due on top. Closed orders: the latest on top.
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
