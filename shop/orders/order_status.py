"""The life of an order: from which status to which it may go, and the one way to move it."""

from collections.abc import Mapping

from sqlalchemy.orm import Session

from storage.models import Order, OrderStatus

ONWARD: Mapping[OrderStatus, OrderStatus] = {
    "pending": "confirmed",
    "confirmed": "preparing",
    "preparing": "ready",
    "ready": "delivered",
}
# One step back, for a cart of the thumb.
BACK: Mapping[OrderStatus, OrderStatus] = {after: before for before, after in ONWARD.items()}
STATUSES: tuple[OrderStatus, ...] = (*ONWARD, "delivered", "cancelled")
# What still waits for somebody's hands.
OPEN: tuple[OrderStatus, ...] = tuple(ONWARD)


class NoWay(Exception):
    """An order cannot go from this status to that one; somebody may just have moved it."""

    def __init__(self, order: Order, status: str) -> None:
        super().__init__(f"{order.order_id} is {order.status} and cannot become {status}.")


def next_statuses(status: OrderStatus) -> tuple[OrderStatus, ...]:
    """Where an order with this status may go: on, back, or out. Cancelled stays cancelled."""
    onward = [way[status] for way in (ONWARD, BACK) if status in way]
    return (*onward, "cancelled") if status in OPEN else tuple(onward)


def move_order(session: Session, order: Order, status: str) -> OrderStatus:
    """Gives the order its new status and returns the one before.

    Two people who tap at once move it once: the second finds no way.

    Raises:
        NoWay
    """
    session.refresh(order, with_for_update=True)
    before = order.status
    after = next((way for way in next_statuses(before) if way == status), None)
    if after is None:
        raise NoWay(order, status)
    order.status = after
    return before
