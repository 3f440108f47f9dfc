"""New orders that no staff member has seen yet."""

from sqlalchemy import ColumnElement, func, literal_column, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from shop.orders import order_status
from storage.models import Order, OrderSighting, Staff


def is_open() -> ColumnElement[bool]:
    """The SQL condition for open orders, worded as in the partial index."""
    return Order.status.in_([literal_column(f"'{status}'") for status in order_status.OPEN])


def is_new() -> ColumnElement[bool]:
    """The SQL condition for open orders that nobody has seen yet."""
    seen = select(OrderSighting.at).where(OrderSighting.order_id == Order.order_id)
    # A lookup by key: EXISTS might read the whole table of sightings.
    unseen = seen.correlate(Order).limit(1).scalar_subquery().is_(None)
    return is_open() & (Order.status == "pending") & unseen


def count_unseen_orders(session: Session) -> int:
    """How many open orders nobody has seen."""
    return session.scalar(select(func.count()).select_from(Order).where(is_new())) or 0


def mark_all_seen(session: Session, somebody: Staff) -> list[str]:
    """Marks all open orders as seen; returns their numbers."""
    orders = list(session.scalars(select(Order.order_id).where(is_new())))
    if orders:
        rows = [{"order_id": order, "staff_name": somebody.name} for order in orders]
        session.execute(insert(OrderSighting).values(rows).on_conflict_do_nothing())
    return orders
