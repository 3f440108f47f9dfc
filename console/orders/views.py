"""The board, its search, and one order's own page."""

from typing import Any

from starlette.responses import Response
from starlette.routing import Route

from console.authentication import staff_change, staff_page
from console.orders import history as order_history
from console.orders import reading
from console.refusals import NotFound, Refused
from console.request_context import RequestContext
from shop.orders import order_status, unseen_orders
from storage.models import Order

# What the button that moves an order on says.
VERBS = {
    "confirmed": "Confirm",
    "preparing": "Prepare",
    "ready": "Ready",
    "delivered": "Delivered",
}


def show_board(desk: RequestContext) -> Response:
    """The whole page; with `q` what was found instead of the columns."""
    return desk.page("orders/page.html", **_board(desk))


def show_part(desk: RequestContext) -> Response:
    """The columns alone, for the live page."""
    return desk.part("orders/board.html", moved=None, **_board(desk))


def show_order(desk: RequestContext) -> Response:
    """One order with everything that was done to it."""
    card = reading.find_shown_order(desk.session, desk.path("order_id"))
    if card is None:
        raise NotFound("order")
    history = order_history.order_history(desk.session, card.order)
    values: dict[str, Any] = {"card": card, "history": history, "verbs": VERBS}
    return desk.page("orders/order.html", **values)


def move_order_view(desk: RequestContext) -> Response:
    """Moves an order; the answer is the current board, with an undo."""
    order = desk.session.get(Order, desk.path("order_id"))
    if order is None:
        raise NotFound("order")
    try:
        before = order_status.move_order(desk.session, order, desk.form.text("status"))
    except order_status.NoWay as no_way:
        raise Refused(409, str(no_way)) from None
    desk.record("moved", order.order_id, before=before, after=order.status)
    desk.session.flush()
    if not desk.is_htmx:
        return desk.go(f"/orders/{order.order_id}", f"{order.order_id} is {order.status}.")
    undo = before if before in order_status.next_statuses(order.status) else None
    moved = {"order": order, "undo": undo}
    return desk.part("orders/board.html", moved=moved, **_board(desk))


def mark_orders_seen(desk: RequestContext) -> Response:
    """Marks the current orders as seen."""
    for order in unseen_orders.mark_all_seen(desk.session, desk.staff):
        desk.record("saw", order)
    return Response(status_code=204) if desk.is_htmx else desk.go("/orders")


def _board(desk: RequestContext) -> dict[str, Any]:
    wanted = desk.query("q") or desk.form.text("q")
    return {
        "wanted": wanted,
        "found": reading.search_orders(desk.session, wanted) if wanted else None,
        "columns": [] if wanted else reading.board_columns(desk.session),
        "day": reading.day_figures(desk.session),
        "mark": reading.board_mark(desk.session),
        "verbs": VERBS,
    }


ROUTES = [
    Route("/orders", staff_page(show_board), methods=["GET"]),
    Route("/orders/board", staff_page(show_part), methods=["GET"]),
    Route("/orders/seen", staff_change(mark_orders_seen, audited=False), methods=["POST"]),
    Route("/orders/{order_id}", staff_page(show_order), methods=["GET"]),
    Route("/orders/{order_id}/move", staff_change(move_order_view), methods=["POST"]),
]
