"""Sends a page of orders only the cards that have changed, so that the rest does not move.

The page sends the version of each order that it shows. The answer has the orders that differ, and
the numbers of those that are gone.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from starlette.responses import Response

from console.orders import kitchen, reading, standing, stations
from console.orders.board import bar_values, read_shown
from console.orders.cards import Trade, read_trade
from console.orders.standing import Board
from console.refusals import Refused
from console.request_context import RequestContext
from storage.models import Order, OrderStatus

KITCHENS = (kitchen.VIEW, stations.VIEW)
VIEWS = ("board", "found", *KITCHENS)


def show_changes(desk: RequestContext) -> Response:
    """The cards that differ from those on the page."""
    # The mark is read first: what changes during the reading will then be fetched again.
    mark = reading.board_mark(desk.session)
    have = _parse_versions(desk.form.text("have"))
    trade, view = read_trade(desk.session), read_view(desk)
    board = _read_standings(desk, trade, view, have)
    changed = [order for order, one in board.standings.items() if have.get(order) != one.version]
    gone = [order for order in have if order not in board.standings]
    return _answer(desk, trade, board, changed, gone, mark=mark)


def show_moved(desk: RequestContext, order: Order, undo: OrderStatus | None) -> Response:
    """The order that was just moved, with a way to undo it."""
    trade, view = read_trade(desk.session), read_view(desk)
    board = _read_standings(desk, trade, view, [order.order_id])
    shown = [order.order_id] if order.order_id in board.standings else []
    gone = [] if shown else [order.order_id]
    moved = {"order": order, "undo": undo}
    return _answer(desk, trade, board, shown, gone, moved=moved)


def read_view(desk: RequestContext) -> str:
    """The name of the page that asks.

    Raises:
        Refused: there is no such page.
    """
    view = desk.form.text("view", "board")
    if view not in VIEWS:
        raise Refused(400, "This page is too old. Load it again.")
    return view


def _read_standings(desk: RequestContext, trade: Trade, view: str, orders: Iterable[str]) -> Board:
    if view == "found":
        return standing.read_standings(desk.session, trade, list(orders))
    board = standing.read_board(desk.session, trade)
    return kitchen.keep_to_cook(board) if view in KITCHENS else board


def _answer(
    desk: RequestContext,
    trade: Trade,
    board: Board,
    changed: list[str],
    gone: list[str],
    **values: Any,
) -> Response:
    view = read_view(desk)
    given = {
        "mark": None,
        "moved": None,
        "view": view,
        "kitchens": KITCHENS,
        "gone": gone,
        "shown": read_shown(desk, trade, board, changed),
        "counts": board.counts,
        **bar_values(desk, trade),
        **values,
    }
    if view in KITCHENS:
        given |= kitchen.kitchen_values(desk.session, board, view)
    return desk.part("orders/changes.html", **given)


def _parse_versions(said: str) -> Mapping[str, str]:
    """The versions by order number; each line is a number, a blank and a version."""
    lines = (line.rpartition(" ") for line in said.splitlines())
    return {order: version for order, _, version in lines if order}
