"""Views that move an order on or back, cancel, accept or refuse it, and mark it as cooked."""

from collections.abc import Iterator
from contextlib import contextmanager

from starlette.responses import Response

from console.orders import kitchen
from console.orders.board import LONGEST_REASON
from console.orders.changes import show_moved
from console.refusals import Refused
from console.request_context import RequestContext
from console.translation import say
from console.wording import format_status
from shop.orders import acceptance, order_status
from storage.models import Order, OrderStatus


def move_order_view(desk: RequestContext) -> Response:
    """Moves an order; the response is its card with an undo.

    The customer is told the reason of a cancellation, if one is given.
    """
    order, status, reason = _find(desk), desk.form.text("status"), _reason(desk)
    with _said_plainly(order):
        if status == "cancelled" and reason:
            before = acceptance.refuse_order(desk.session, order, reason)
        else:
            before = order_status.move_order(desk.session, order, status)
    desk.record("moved", order.order_id, before=before, after=order.status)
    return _moved(desk, order, before)


def cook_order_view(desk: RequestContext) -> Response:
    """Moves an order to the status that the kitchen tapped, through the statuses between."""
    order, wanted = _find(desk), desk.form.text("status")
    before, steps = order.status, kitchen.steps_to(order.status, wanted)
    if not steps or wanted not in ("preparing", "ready"):
        raise Refused(409, _said(order, "{number} is {status} by now."))
    with _said_plainly(order):
        for step in steps:
            order_status.move_order(desk.session, order, step)
    desk.record("moved", order.order_id, before=before, after=order.status)
    return _moved(desk, order, before)


def accept_order_view(desk: RequestContext) -> Response:
    """Accepts an order and promises it in the tapped number of minutes, or at its own time."""
    order, minutes = _find(desk), desk.form.number("minutes")
    if order.due_at is None and minutes not in acceptance.MINUTES:
        raise Refused(400, "Say in how many minutes it is ready.")
    with _said_plainly(order):
        before = acceptance.accept_order(desk.session, order, None if order.due_at else minutes)
    desk.record("accepted", order.order_id, before=before, after=order.status)
    return _moved(desk, order, before)


def refuse_order_view(desk: RequestContext) -> Response:
    """Refuses an order, with a reason that is sent to the customer."""
    order, reason = _find(desk), _reason(desk)
    with _said_plainly(order):
        try:
            before = acceptance.refuse_order(desk.session, order, reason)
        except acceptance.NoReason:
            raise Refused(400, "Say why: the customer is told.") from None
    desk.record("refused", order.order_id, before=before, after=order.status)
    return _moved(desk, order, before)


def _find(desk: RequestContext) -> Order:
    """The order, locked; if the form has `from`, the order must still have that status.

    Raises:
        NotFound: there is no such order.
        Refused: somebody has moved it meanwhile.
    """
    order = desk.find_row(Order, "order_id", "order")
    order_status.lock_order(desk.session, order)
    if desk.query("from", order.status) != order.status:
        raise Refused(409, _moved_meanwhile(order))
    return order


@contextmanager
def _said_plainly(order: Order) -> Iterator[None]:
    try:
        yield
    except order_status.NoWay:
        raise Refused(409, _moved_meanwhile(order)) from None


def _moved_meanwhile(order: Order) -> str:
    return _said(order, "{number} is {status} by now, so nothing was changed.")


def _said(order: Order, phrase: str) -> str:
    return say(phrase, number=order.order_id, status=format_status(order.status))


def _reason(desk: RequestContext) -> str:
    reason = desk.form.text("reason")
    if len(reason) > LONGEST_REASON:
        raise Refused(400, f"A reason has {LONGEST_REASON} characters at most.")
    return reason


def _moved(desk: RequestContext, order: Order, before: OrderStatus) -> Response:
    desk.session.flush()
    if not desk.is_htmx:
        return desk.go(f"/orders/{order.order_id}", _said(order, "{number} is {status}."))
    ways = order_status.next_statuses(order.status)
    back = before if before in ways else order_status.BACK.get(order.status)
    return show_moved(desk, order, back if order.status != "cancelled" else None)
