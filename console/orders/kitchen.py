"""The kitchen's page: what is to be cooked, large and in its order, and what that makes all day."""

from collections import Counter
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session
from starlette.responses import Response

from console.orders import items, reading, standing
from console.orders.board import read_shown
from console.orders.cards import read_trade
from console.orders.standing import Board
from console.request_context import RequestContext
from shop.orders.order_status import ONWARD
from shop.products import catalogue
from storage.models import Order, OrderStatus

# Before they are ready; one that staff have to accept is not cooked yet.
COOKED: tuple[OrderStatus, ...] = ("pending", "confirmed", "preparing")


def show_kitchen(desk: RequestContext) -> Response:
    """All tickets, the first to cook first."""
    mark = reading.board_mark(desk.session)
    trade = read_trade(desk.session)
    board = keep_to_cook(standing.read_board(desk.session, trade))
    values: dict[str, Any] = {
        "mark": mark,
        "shown": read_shown(desk, trade, board, list(board.standings)),
        "all_day": sum_items(desk.session, board),
    }
    return desk.page("orders/kitchen.html", **values)


def keep_to_cook(board: Board) -> Board:
    """The board without what the kitchen has nothing to do with."""
    kept = {
        order: one
        for order, one in board.standings.items()
        if one.status in COOKED and not one.waits
    }
    return Board(kept, board.counts)


def sum_items(session: Session, board: Board) -> list[tuple[str, int]]:
    """How many of each product are still to be cooked, the most first."""
    orders = select(Order.items).where(Order.order_id.in_(list(board.standings)))
    lines = [line for one in session.scalars(orders) for line in items.readable_items(one)]
    skus = {str(line.get("product")) for line in lines if not line.get("product_name")}
    known = catalogue.find_by_sku(session, skus) if skus else {}
    sums: Counter[str] = Counter()
    for line in lines:
        sku = str(line.get("product", "?"))
        name = line.get("product_name") or (known[sku].name if sku in known else sku)
        quantity = line.get("quantity", 1)
        sums[str(name)] += quantity if isinstance(quantity, int) else 1
    return sorted(sums.items(), key=lambda one: (-one[1], one[0]))


def steps_to(status: OrderStatus, wanted: str) -> list[OrderStatus]:
    """The statuses on the way from one to another: a cook skips those before."""
    steps: list[OrderStatus] = []
    while status != wanted and status in ONWARD:
        status = ONWARD[status]
        steps.append(status)
    return steps if status == wanted else []
