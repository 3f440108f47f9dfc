"""Moving an order on, back or out of the board; accepting and refusing it."""

from starlette.responses import Response

from console.orders.board import LONGEST_REASON, board_values
from console.refusals import NotFound, Refused
from console.request_context import RequestContext
from shop.orders import acceptance, order_status
from storage.models import Order, OrderStatus


def move_order_view(desk: RequestContext) -> Response:
    """Moves an order; the answer is the current board, with an undo.

    Its customer is told the reason of a cancellation, where there is one.
    """
    order, status, reason = _find(desk), desk.form.text("status"), _reason(desk)
    try:
        if status == "cancelled" and reason:
            before = acceptance.refuse_order(desk.session, order, reason)
        else:
            before = order_status.move_order(desk.session, order, status)
    except order_status.NoWay as no_way:
        raise Refused(409, str(no_way)) from None
    desk.record("moved", order.order_id, before=before, after=order.status)
    return _moved(desk, order, before)


def accept_order_view(desk: RequestContext) -> Response:
    """Accepts an order, promised in as many minutes as were tapped; or for its own time."""
    order, minutes = _find(desk), desk.form.number("minutes")
    if order.due_at is None and minutes not in acceptance.MINUTES:
        raise Refused(400, "Say in how many minutes it is ready.")
    try:
        before = acceptance.accept_order(desk.session, order, None if order.due_at else minutes)
    except order_status.NoWay as no_way:
        raise Refused(409, str(no_way)) from None
    desk.record("accepted", order.order_id, before=before, after=order.status)
    return _moved(desk, order, before)


def refuse_order_view(desk: RequestContext) -> Response:
    """Refuses an order for a reason that the customer is told."""
    order, reason = _find(desk), _reason(desk)
    try:
        before = acceptance.refuse_order(desk.session, order, reason)
    except acceptance.NoReason:
        raise Refused(400, "Say why: the customer is told.") from None
    except order_status.NoWay as no_way:
        raise Refused(409, str(no_way)) from None
    desk.record("refused", order.order_id, before=before, after=order.status)
    return _moved(desk, order, before)


def _find(desk: RequestContext) -> Order:
    order = desk.session.get(Order, desk.path("order_id"))
    if order is None:
        raise NotFound("order")
    return order


def _reason(desk: RequestContext) -> str:
    reason = desk.form.text("reason")
    if len(reason) > LONGEST_REASON:
        raise Refused(400, f"A reason has {LONGEST_REASON} characters at most.")
    return reason


def _moved(desk: RequestContext, order: Order, before: OrderStatus) -> Response:
    desk.session.flush()
    if not desk.is_htmx:
        return desk.go(f"/orders/{order.order_id}", f"{order.order_id} is {order.status}.")
    undo = before if before in order_status.next_statuses(order.status) else None
    moved = {"order": order, "undo": undo}
    return desk.part("orders/board.html", moved=moved, **board_values(desk))
