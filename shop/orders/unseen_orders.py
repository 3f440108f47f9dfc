"""The orders that staff have to work on now, and which of them nobody has seen yet."""

from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, literal_column, or_, select
from sqlalchemy.orm import Session

from shop.fulfilment import promises
from shop.opening.reading import read_settings
from shop.orders import order_status
from shop.orders.unaccepted import is_unaccepted
from storage import engine
from storage.models import Order, OrderSighting, ShopSettings, Staff
from storage.sightings import record_sightings


def is_open_order() -> ColumnElement[bool]:
    """The SQL condition for open orders, worded as in the partial index."""
    return Order.status.in_([literal_column(f"'{status}'") for status in order_status.OPEN])


def is_to_do(settings: ShopSettings, now: datetime) -> ColumnElement[bool]:
    """The SQL condition for open orders that are to be prepared or accepted now."""
    return is_open_order() & _has_come(settings, now)


def is_later(settings: ShopSettings, now: datetime) -> ColumnElement[bool]:
    """The SQL condition for open orders whose time has not come yet."""
    return is_open_order() & Order.due_at.is_not(None) & ~_has_come(settings, now)


def is_new(settings: ShopSettings, now: datetime) -> ColumnElement[bool]:
    """The SQL condition for orders to do that nobody has seen since they came to the board.

    Where staff accept orders, a scheduled one is new twice: to be accepted, and to be prepared.
    One that nobody accepts is new again with each reminder (shop/orders/unaccepted.py).
    """
    seen = select(OrderSighting.at).where(OrderSighting.order_id == Order.order_id)
    # A lookup by key: EXISTS might read the whole table of sightings.
    seen_at = seen.correlate(Order).limit(1).scalar_subquery()
    is_first = and_(Order.status == "pending", seen_at.is_(None))
    comes_again = and_(
        Order.due_at.is_not(None),
        Order.status.in_(("pending", "confirmed")),
        promises.is_on_board(settings, now),
        or_(seen_at.is_(None), promises.has_come_since(settings, now, seen_at)),
    )
    is_reminded = and_(is_unaccepted(), Order.reminded_at > seen_at)
    return is_to_do(settings, now) & or_(is_first, comes_again, is_reminded)


def count_unseen_orders(session: Session) -> int:
    """The number of open orders that nobody has seen."""
    new = is_new(read_settings(session), engine.now(session))
    return session.scalar(select(func.count()).select_from(Order).where(new)) or 0


def mark_all_seen(session: Session, somebody: Staff) -> list[str]:
    """Marks all orders to do as seen; returns their numbers."""
    new = is_new(read_settings(session), engine.now(session))
    orders = list(session.scalars(select(Order.order_id).where(new)))
    record_sightings(session, OrderSighting, orders, somebody)
    return orders


def _has_come(settings: ShopSettings, now: datetime) -> ColumnElement[bool]:
    is_begun = Order.status.in_(("preparing", "ready"))
    has_come = or_(promises.is_on_board(settings, now), is_begun)
    return or_(has_come, is_unaccepted()) if settings.accepts_orders == "by_staff" else has_come
