"""Reads the board's data in few queries."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Text,
    and_,
    cast,
    func,
    literal_column,
    or_,
    select,
)
from sqlalchemy.orm import Session

from console.orders import finding, history
from console.orders.cards import Card, Trade, read_cards, read_trade, select_cards
from console.wording import local_midnight
from shop.orders import counted, unseen_orders
from storage.models import Order, UserProfile

MOST_FOUND = 60
MOST_LATER = 20


@dataclass(frozen=True)
class Day:
    """The totals of today's orders that count, and the number of cancelled ones."""

    orders: int
    sales: Decimal
    cancelled: int

    @property
    def average(self) -> Decimal:
        return round(self.sales / self.orders, 2) if self.orders else Decimal(0)


@dataclass(frozen=True)
class Later:
    """Orders for a later time, the next first; `count` may exceed those shown."""

    cards: list[Card]
    count: int


def read_orders(session: Session, trade: Trade, orders: Iterable[str]) -> dict[str, Card]:
    """The cards of these orders, by number."""
    query = select_cards(trade).where(Order.order_id.in_(list(orders)))
    return {card.order.order_id: card for card in read_cards(session, query, trade)}


def later_orders(session: Session, trade: Trade) -> Later:
    """Open orders that are not to be made yet."""
    belongs = unseen_orders.is_later(trade.settings, trade.now)
    query = select_cards(trade).where(belongs).order_by(Order.due_at).limit(MOST_LATER)
    return Later(read_cards(session, query, trade), _count(session, belongs))


def day_figures(session: Session) -> Day:
    """The totals since midnight, as shop/orders/counted.py defines them."""
    sold = counted.is_counted()
    found = session.execute(
        select(
            func.count().filter(sold),
            func.coalesce(func.sum(Order.total).filter(sold), 0),
            func.count().filter(~sold),
        ).where(Order.created_at >= local_midnight())
    ).one()
    return Day(found[0], Decimal(found[1]), found[2])


def board_mark(session: Session) -> str:
    """A mark that changes with every write to a row on the board (by its `xmin`).

    It also changes when a scheduled order becomes due, and when somebody has seen the new orders.
    """
    trade = read_trade(session)
    version = cast(cast(literal_column("orders.xmin"), Text), BigInteger)
    total = func.sum(func.hashtextextended(Order.order_id, version))
    later = func.count().filter(unseen_orders.is_later(trade.settings, trade.now))
    on_board = or_(unseen_orders.is_open_order(), Order.moved_at >= local_midnight())
    count, orders, waiting = session.execute(
        select(func.count(), total, later).where(on_board)
    ).one()
    accepts = trade.settings.accepts_orders
    unseen = unseen_orders.count_unseen_orders(session)
    return f"{count}:{orders}:{waiting}:{unseen}:{accepts}:{history.notices_mark(session)}"


def search_orders(session: Session, wanted: str) -> list[Card]:
    """Orders of any day by number, phone, name or address, the latest first."""
    trade = read_trade(session)
    query = select_cards(trade).where(finding.matches_order(wanted))
    query = query.order_by(Order.created_at.desc()).limit(MOST_FOUND)
    newest = read_cards(session, query.where(finding.is_new_enough(session)), trade)
    if len(newest) == MOST_FOUND or not finding.is_long_enough(wanted):
        return newest
    query = query.where(Order.order_id.in_(finding.candidate_orders(wanted)))
    return read_cards(session, query, trade)


def find_shown_order(session: Session, order_id: str) -> Card | None:
    """The card of the order with this number, or None."""
    trade = read_trade(session)
    query = select_cards(trade).where(Order.order_id == order_id)
    return next(iter(read_cards(session, query, trade)), None)


def of_customer(session: Session, customer: UserProfile) -> list[Card]:
    """All orders of a customer, the latest first."""
    mine = Order.customer_id == customer.id
    if customer.whatsapp_phone:
        by_phone = Order.customer_phone == customer.whatsapp_phone
        mine = or_(mine, and_(Order.customer_id.is_(None), by_phone))
    trade = read_trade(session)
    query = select_cards(trade).where(mine).order_by(Order.created_at.desc()).limit(MOST_FOUND)
    return read_cards(session, query, trade)


def _count(session: Session, belongs: ColumnElement[bool]) -> int:
    return session.scalar(select(func.count()).select_from(Order).where(belongs)) or 0
