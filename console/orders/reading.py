"""What the board shows, read in few queries."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Row,
    Select,
    Text,
    and_,
    cast,
    func,
    literal_column,
    or_,
    select,
)
from sqlalchemy.orm import Session

from console.orders import finding, history, items
from console.orders.places import Place, read_place
from console.wording import local_midnight
from shop.orders import unseen_orders
from shop.orders.lines import told_apart
from shop.orders.notes import as_lines
from shop.orders.order_status import BACK, ONWARD, OPEN, STATUSES
from shop.products import catalogue
from storage.models import Order, OrderStatus, UserProfile

MOST_IN_A_COLUMN = 100
MOST_FOUND = 60


@dataclass(frozen=True)
class Card:
    """An order as the board shows it."""

    order: Order
    name: str | None
    names: dict[str, str]
    is_new: bool = False
    untold: str | None = None

    @property
    def lines(self) -> list[str]:
        return items.item_lines(self.order.items, self.names, self.order.notes)

    @property
    def onward(self) -> OrderStatus | None:
        return ONWARD.get(self.order.status)

    @property
    def back(self) -> OrderStatus | None:
        return BACK.get(self.order.status)

    @property
    def is_open(self) -> bool:
        return self.order.status in OPEN

    @property
    def notes(self) -> list[str]:
        """How it is to be made, in the customer's words."""
        products = [str(item.get("product")) for item in items.readable_items(self.order.items)]
        _, beside = told_apart(products, self.order.notes)
        return as_lines(beside, self.names)

    @property
    def place(self) -> Place | None:
        return read_place(self.order.address)


@dataclass(frozen=True)
class Column:
    """A status with its orders, the oldest first; `count` may be more than are shown."""

    status: OrderStatus
    cards: list[Card]
    count: int


@dataclass(frozen=True)
class Day:
    """The totals of the orders placed today."""

    orders: int
    sales: Decimal
    cancelled: int

    @property
    def sold(self) -> int:
        """Those that sales and average are made of."""
        return self.orders - self.cancelled

    @property
    def average(self) -> Decimal:
        return round(self.sales / self.sold, 2) if self.sold else Decimal(0)


def board_columns(session: Session) -> list[Column]:
    """Open orders of any day; delivered and cancelled ones as far as they became so today."""
    return [_column(session, status) for status in STATUSES]


def day_figures(session: Session, since: datetime | None = None) -> Day:
    """What was ordered since midnight, cancelled orders counted but not summed."""
    sold = Order.status != "cancelled"
    counted = session.execute(
        select(
            func.count(),
            func.coalesce(func.sum(Order.total).filter(sold), 0),
            func.count().filter(~sold),
        ).where(Order.created_at >= (since or local_midnight()))
    ).one()
    return Day(counted[0], Decimal(counted[1]), counted[2])


def board_mark(session: Session) -> str:
    """Changes whenever a row on the board does: `xmin` is another one after every write."""
    version = cast(cast(literal_column("orders.xmin"), Text), BigInteger)
    total = func.sum(func.hashtextextended(Order.order_id, version))
    count, orders = session.execute(select(func.count(), total).where(on_board())).one()
    return f"{count}:{orders}:{history.notices_mark(session)}"


def search_orders(session: Session, wanted: str) -> list[Card]:
    """Orders of any day by number, phone or name, the latest first."""
    query = _cards().where(finding.matches_order(wanted)).order_by(Order.created_at.desc())
    query = query.limit(MOST_FOUND)
    newest = _read(session, query.where(finding.is_new_enough(session)))
    if len(newest) == MOST_FOUND or not finding.is_long_enough(wanted):
        return newest
    return _read(session, query.where(Order.order_id.in_(finding.candidate_orders(wanted))))


def find_shown_order(session: Session, order_id: str) -> Card | None:
    """The order with this number."""
    return next(iter(_read(session, _cards().where(Order.order_id == order_id))), None)


def of_customer(session: Session, customer: UserProfile) -> list[Card]:
    """All orders of a customer, the latest first."""
    mine = Order.customer_id == customer.id
    if customer.whatsapp_phone:
        by_phone = Order.customer_phone == customer.whatsapp_phone
        mine = or_(mine, and_(Order.customer_id.is_(None), by_phone))
    query = _cards().where(mine).order_by(Order.created_at.desc()).limit(MOST_FOUND)
    return _read(session, query)


def on_board() -> ColumnElement[bool]:
    """The SQL condition that an order is in one of the columns."""
    return or_(unseen_orders.is_open(), Order.moved_at >= local_midnight())


def _column(session: Session, status: OrderStatus) -> Column:
    here = unseen_orders.is_open() if status in OPEN else Order.moved_at >= local_midnight()
    belongs = and_(Order.status == status, here)
    order_by = Order.created_at if status in OPEN else Order.moved_at.desc()
    query = _cards().where(belongs).order_by(order_by).limit(MOST_IN_A_COLUMN)
    count = session.scalar(select(func.count()).select_from(Order).where(belongs)) or 0
    return Column(status, _read(session, query), count)


def _cards() -> Select[tuple[Order, str | None, bool]]:
    # The name one by one, by key: a join may read all customers for a few orders.
    return select(Order, finding.customer_name(), unseen_orders.is_new().label("is_new"))


def _read(session: Session, query: Select[tuple[Order, str | None, bool]]) -> list[Card]:
    rows = session.execute(query).all()
    names = _names(session, rows)
    untold = history.undelivered_notices(session, [order for order, *_ in rows])
    return [
        Card(order, name, items.product_names(order.items, names), new, untold.get(order.order_id))
        for order, name, new in rows
    ]


def _names(session: Session, rows: Iterable[Row[Any]]) -> dict[str, str]:
    """Names of products that the orders themselves do not say."""
    skus = {
        item["product"]
        for order, *_ in rows
        for item in items.readable_items(order.items)
        if "product_name" not in item and isinstance(item.get("product"), str)
    }
    if not skus:
        return {}
    return {sku: product.name for sku, product in catalogue.find_by_sku(session, skus).items()}
