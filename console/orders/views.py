"""The board, its search, and one order's own page."""

from typing import Any

from starlette.responses import Response
from starlette.routing import Route

from console.desk import Desk
from console.door import change, screen
from console.orders import reading, telling
from console.refusals import NotFound, Refused
from shop import order_bell, order_flow
from storage.models import Order

# What the button that moves an order on says.
VERBS = {
    "confirmed": "Confirm",
    "preparing": "Prepare",
    "ready": "Ready",
    "delivered": "Delivered",
}


def show_board(desk: Desk) -> Response:
    """The whole page; with `q` what was found instead of the columns."""
    return desk.page("orders/page.html", **_board(desk))


def show_part(desk: Desk) -> Response:
    """The columns alone, for the live page."""
    return desk.part("orders/board.html", moved=None, **_board(desk))


def show_order(desk: Desk) -> Response:
    """One order with everything that was done to it."""
    card = reading.one(desk.session, desk.path("order_id"))
    if card is None:
        raise NotFound("order")
    history = telling.history(desk.session, card.order)
    values: dict[str, Any] = {"card": card, "history": history, "verbs": VERBS}
    return desk.page("orders/order.html", **values)


def move(desk: Desk) -> Response:
    """One tap moves an order on; the answer is the board as it is now, with a way back."""
    order = desk.session.get(Order, desk.path("order_id"))
    if order is None:
        raise NotFound("order")
    try:
        before = order_flow.move(desk.session, order, desk.form.text("status"))
    except order_flow.NoWay as no_way:
        raise Refused(409, str(no_way)) from None
    desk.record("moved", order.order_id, before=before, after=order.status)
    desk.session.flush()
    if not desk.is_htmx:
        return desk.go(f"/orders/{order.order_id}", f"{order.order_id} is {order.status}.")
    undo = before if before in order_flow.ways(order.status) else None
    moved = {"order": order, "undo": undo}
    return desk.part("orders/board.html", moved=moved, **_board(desk))


def see(desk: Desk) -> Response:
    """Silences the bell for the orders that are here now."""
    for order in order_bell.hush(desk.session, desk.staff):
        desk.record("saw", order)
    return Response(status_code=204) if desk.is_htmx else desk.go("/orders")


def _board(desk: Desk) -> dict[str, Any]:
    wanted = desk.query("q") or desk.form.text("q")
    return {
        "wanted": wanted,
        "found": reading.search(desk.session, wanted) if wanted else None,
        "columns": [] if wanted else reading.columns(desk.session),
        "day": reading.day(desk.session),
        "mark": reading.mark(desk.session),
        "verbs": VERBS,
    }


ROUTES = [
    Route("/orders", screen(show_board), methods=["GET"]),
    Route("/orders/board", screen(show_part), methods=["GET"]),
    Route("/orders/seen", change(see, audited=False), methods=["POST"]),
    Route("/orders/{order_id}", screen(show_order), methods=["GET"]),
    Route("/orders/{order_id}/move", change(move), methods=["POST"]),
]
