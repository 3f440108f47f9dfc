"""Staff accept an order with a promise, or refuse it with a reason that the customer is told."""

from datetime import timedelta

from sqlalchemy.orm import Session

from settings.errors import DocstringError
from shop.orders.order_status import move_order
from storage import engine
from storage.models import Order, OrderStatus

# The minutes that staff choose from; None leaves the promise to the shop's own minutes.
MINUTES = (10, 15, 20, 30, 45, 60)


class NoReason(DocstringError):
    """Whoever refuses an order has to say why: the customer is told."""


def accept_order(session: Session, order: Order, minutes: int | None = None) -> OrderStatus:
    """Accepts an order, promised in so many minutes from now; returns the status before.

    Without `minutes` the promise is the slot that was ordered for, or what the shop usually needs
    (a trigger sets it, as it does when somebody confirms an order by SQL).

    Raises:
        NoWay: it is not pending any more.
    """
    before = move_order(session, order, "confirmed")
    if minutes is not None:
        order.promised_at = engine.now(session) + timedelta(minutes=minutes)
    session.flush()
    session.refresh(order)
    return before


def refuse_order(session: Session, order: Order, reason: str) -> OrderStatus:
    """Cancels an order for a reason that its customer is told; returns the status before.

    Raises:
        NoReason: the reason is blank.
        NoWay: it is delivered or cancelled already.
    """
    said = " ".join(reason.split())
    if not said:
        raise NoReason
    before = move_order(session, order, "cancelled")
    order.cancel_reason = said
    session.flush()
    return before
