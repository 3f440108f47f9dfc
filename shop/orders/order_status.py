"""The life of an order: from which status to which it may go, and the only code that changes it.

Each change locks the order's row first and then reads its status, so that a customer and staff who
act at the same moment do not overwrite each other. A move by staff also
queues the customer's news (shop/orders/news.py: begin_news).
"""

from collections.abc import Mapping
from datetime import timedelta

from sqlalchemy.orm import Session

from shop.orders import news
from storage.models import Order, OrderStatus

ONWARD: Mapping[OrderStatus, OrderStatus] = {
    "pending": "confirmed",
    "confirmed": "preparing",
    "preparing": "ready",
    "ready": "delivered",
}
# One step back, for a wrong tap.
BACK: Mapping[OrderStatus, OrderStatus] = {after: before for before, after in ONWARD.items()}
STATUSES: tuple[OrderStatus, ...] = (*ONWARD, "delivered", "cancelled")
# The statuses of orders that staff still have to work on.
OPEN: tuple[OrderStatus, ...] = tuple(ONWARD)


class NoWay(Exception):
    """An order cannot go from this status to that one; somebody may just have moved it."""

    def __init__(self, order: Order, status: str) -> None:
        super().__init__(f"{order.order_id} is {order.status} and cannot become {status}.")


def next_statuses(status: OrderStatus) -> tuple[OrderStatus, ...]:
    """The statuses that may follow: the next, the one before, or cancelled, which is final."""
    onward = [way[status] for way in (ONWARD, BACK) if status in way]
    return (*onward, "cancelled") if status in OPEN else tuple(onward)


def lock_order(session: Session, order: Order) -> None:
    """Locks the order's row until the transaction ends, and reloads it."""
    # Flushed first: the reload would overwrite what this transaction has changed.
    session.flush()
    session.refresh(order, with_for_update=True)


def move_order(session: Session, order: Order, status: str) -> OrderStatus:
    """Gives the order its new status for staff and returns the one before; its customer is told.

    If two people tap at once it moves once: the second gets NoWay.

    Raises:
        NoWay
    """
    lock_order(session, order)
    before = order.status
    after = next((way for way in next_statuses(before) if way == status), None)
    if after is None:
        raise NoWay(order, status)
    # A customer who was told "order confirmed" at placing is not told so again.
    is_known = after == "confirmed" and before == "pending" and order.accepted_at is not None
    _change_status(session, order, after)
    if not is_known:
        news.begin_news(session, order)
    return before


def cancel_order(session: Session, order: Order) -> bool:
    """Cancels an order for its customer; False when the kitchen has begun, or it was cancelled.

    The customer is told in the conversation, so no notice is written.
    """
    lock_order(session, order)
    if order.status != "pending":
        return False
    _change_status(session, order, "cancelled")
    return True


def cancel_short(session: Session, order: Order, reason: str) -> None:
    """Cancels an open order for its customer, because an item of it ran out.

    The customer is told in the conversation. Whoever calls this holds the order's lock
    (shop/orders/shortages/answering.py).
    """
    order.cancel_reason = reason
    _change_status(session, order, "cancelled")


def cancel_unaccepted(session: Session, order: Order, reason: str) -> None:
    """Cancels an order that nobody accepted in time; its customer is told at once.

    Whoever calls this holds the order's lock (shop/orders/unaccepted.py).
    """
    order.cancel_reason = reason
    _change_status(session, order, "cancelled")
    news.begin_news(session, order, undo=timedelta(0))


def _change_status(session: Session, order: Order, status: OrderStatus) -> None:
    """Writes the status without the notice by the trigger, which is for changes by SQL."""
    with news.without_trigger(session):
        order.status = status
        session.flush()
