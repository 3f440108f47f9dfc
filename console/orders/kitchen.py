"""Views of the kitchen's page: the orders to cook in large type, and the sum per product."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session
from starlette.responses import Response

from console.orders import items, reading, standing, stations
from console.orders.board import read_shown
from console.orders.cards import read_trade
from console.orders.standing import Board
from console.request_context import RequestContext
from shop.orders.order_status import ONWARD
from shop.products import catalogue
from storage.models import Order, OrderStatus

VIEW = "kitchen"
# The statuses before ready. An order that staff have yet to accept is not cooked, either.
COOKED: tuple[OrderStatus, ...] = ("pending", "confirmed", "preparing")


def show_kitchen(desk: RequestContext) -> Response:
    """The page with all orders to cook, the most urgent first."""
    mark = reading.board_mark(desk.session)
    trade = read_trade(desk.session)
    board = keep_to_cook(standing.read_board(desk.session, trade))
    view = stations.VIEW if desk.query("by") == "station" else VIEW
    values: dict[str, Any] = {
        "mark": mark,
        "view": view,
        "shown": read_shown(desk, trade, board, list(board.standings)),
        **kitchen_values(desk.session, board, view),
    }
    return desk.page("orders/kitchen.html", **values)


def kitchen_values(session: Session, board: Board, view: str) -> dict[str, Any]:
    """The sums of what is to be cooked: of all, and of each station where these are shown."""
    counts = count_items(session, board)
    values: dict[str, Any] = {"all_day": sum_items(counts), "stations": None}
    if view == stations.VIEW:
        values["stations"] = read = stations.read_stations(session)
        values["sums"] = read.split_counts(counts)
    return values


def keep_to_cook(board: Board) -> Board:
    """The board with only the orders that the kitchen has to cook."""
    kept = {
        order: one
        for order, one in board.standings.items()
        if one.status in COOKED and not one.waits
    }
    return Board(kept, board.counts)


def count_items(session: Session, board: Board) -> dict[tuple[str, str], int]:
    """The number still to cook of each product, by its sku and its name."""
    orders = select(Order.items).where(Order.order_id.in_(list(board.standings)))
    lines = [line for one in session.scalars(orders) for line in items.readable_items(one)]
    skus = {str(line.get("product")) for line in lines if not line.get("product_name")}
    known = catalogue.find_by_sku(session, skus) if skus else {}
    counts: Counter[tuple[str, str]] = Counter()
    for line in lines:
        sku = str(line.get("product", "?"))
        name = line.get("product_name") or (known[sku].name if sku in known else sku)
        quantity = line.get("quantity", 1)
        counts[sku, str(name)] += quantity if isinstance(quantity, int) else 1
    return counts


def sum_items(counts: Mapping[tuple[str, str], int]) -> list[tuple[str, int]]:
    """The numbers by name, the largest first."""
    sums: Counter[str] = Counter()
    for (_, name), many in counts.items():
        sums[name] += many
    return sorted(sums.items(), key=lambda one: (-one[1], one[0]))


def steps_to(status: OrderStatus, wanted: str) -> list[OrderStatus]:
    """The statuses to pass from one to another, since a cook may skip some."""
    steps: list[OrderStatus] = []
    while status != wanted and status in ONWARD:
        status = ONWARD[status]
        steps.append(status)
    return steps if status == wanted else []
