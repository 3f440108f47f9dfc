"""Views of the board, its search, and one order's page."""

from typing import Any

from starlette.responses import Response
from starlette.routing import Route

from console.authentication import staff_change, staff_page
from console.orders import entering, reading, shortages
from console.orders import history as order_history
from console.orders.board import REASONS, VERBS, board_values
from console.orders.changes import show_changes
from console.orders.kitchen import show_kitchen
from console.orders.moving import (
    accept_order_view,
    cook_order_view,
    move_order_view,
    refuse_order_view,
)
from console.refusals import NotFound
from console.request_context import RequestContext
from console.shop_room.setup import SAMPLE_NAME
from shop.orders import unseen_orders
from shop.orders.acceptance import MINUTES
from shop.orders.news import UNACCEPTED
from shop.support import queue


def show_board(desk: RequestContext) -> Response:
    """The whole page: the columns, or the orders that the search `q` finds."""
    return desk.page("orders/page.html", sample_name=SAMPLE_NAME, **board_values(desk))


def show_part(desk: RequestContext) -> Response:
    """Only the columns or the found orders, without the page around them."""
    return desk.part("orders/board.html", **board_values(desk))


def show_order(desk: RequestContext) -> Response:
    """One order with everything that was done to it."""
    card = reading.find_shown_order(desk.session, desk.path("order_id"))
    if card is None:
        raise NotFound("order")
    history = order_history.order_history(desk.session, card.order)
    values: dict[str, Any] = {
        "card": card,
        "history": history,
        "verbs": VERBS,
        "minutes": MINUTES,
        "reasons": REASONS,
        "unaccepted": UNACCEPTED,
        **shortages.shortage_values(desk, card.order),
    }
    return desk.page("orders/order.html", **values)


def mark_orders_seen(desk: RequestContext) -> Response:
    """Marks the current orders, and the customers who wait for a person, as seen."""
    for order in unseen_orders.mark_all_seen(desk.session, desk.staff):
        desk.record("saw", order)
    called = queue.mark_waiting_seen(desk.session, desk.staff)
    for customer in called:
        desk.record("saw who waits", str(customer))
    if desk.is_htmx:
        return Response(status_code=204)
    return desk.go("/inbox" if called else "/orders")


ROUTES = [
    Route("/orders", staff_page(show_board), methods=["GET"]),
    Route("/orders/board", staff_page(show_part), methods=["GET"]),
    Route("/orders/seen", staff_change(mark_orders_seen, audited=False), methods=["POST"]),
    # A read by POST, since it sends more than fits into a URL; hence not audited.
    Route("/orders/changes", staff_change(show_changes, audited=False), methods=["POST"]),
    Route("/orders/kitchen", staff_page(show_kitchen), methods=["GET"]),
    *entering.ROUTES,
    *shortages.ROUTES,
    Route("/orders/{order_id}", staff_page(show_order), methods=["GET"]),
    Route("/orders/{order_id}/move", staff_change(move_order_view), methods=["POST"]),
    Route("/orders/{order_id}/cook", staff_change(cook_order_view), methods=["POST"]),
    Route("/orders/{order_id}/accept", staff_change(accept_order_view), methods=["POST"]),
    Route("/orders/{order_id}/refuse", staff_change(refuse_order_view), methods=["POST"]),
]
