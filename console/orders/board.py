"""Prepares the values of the board's page and its parts."""

from dataclasses import dataclass
from typing import Any

from console.orders import reading, standing
from console.orders.cards import Card, Trade, read_trade
from console.orders.standing import Board, Standing
from console.request_context import RequestContext
from shop.orders.acceptance import MINUTES
from shop.orders.order_status import STATUSES
from storage.models import OrderStatus

# The text of the button that moves an order on, by status.
VERBS = {
    "confirmed": "Confirm",
    "preparing": "Prepare",
    "ready": "Ready",
    "delivered": "Delivered",
}
# Reasons to choose from when an order is refused or cancelled.
REASONS = (
    "It is sold out",
    "We are too busy just now",
    "We close soon",
    "We do not deliver there",
)
LONGEST_REASON = 200


@dataclass(frozen=True)
class Shown:
    """An order on a page: its card and its place on the board."""

    card: Card
    standing: Standing


@dataclass(frozen=True)
class Column:
    """A status with its orders, the most urgent first; `count` may exceed those shown."""

    status: OrderStatus
    orders: list[Shown]
    count: int


def board_values(desk: RequestContext) -> dict[str, Any]:
    """The page's values: the columns, or the orders that the search `q` finds."""
    # The mark is read first: what changes during the reading will then be fetched again.
    mark = reading.board_mark(desk.session)
    trade = read_trade(desk.session)
    wanted = desk.query("q")
    return {
        "mark": mark,
        "wanted": wanted,
        "view": "found" if wanted else "board",
        "found": find_shown(desk, trade, wanted) if wanted else None,
        "columns": [] if wanted else read_columns(desk, trade),
        **bar_values(desk, trade),
    }


def bar_values(desk: RequestContext, trade: Trade) -> dict[str, Any]:
    """The values of the bar above the columns, and further values that the cards need."""
    return {
        "later": reading.later_orders(desk.session, trade),
        "day": reading.day_figures(desk.session),
        "verbs": VERBS,
        "minutes": MINUTES,
        "most": standing.MOST_IN_A_COLUMN,
        "reasons": REASONS,
    }


def read_columns(desk: RequestContext, trade: Trade) -> list[Column]:
    """All columns with their orders."""
    board = standing.read_board(desk.session, trade)
    shown = read_shown(desk, trade, board, list(board.standings))
    return [
        Column(
            status, [one for one in shown if one.standing.status == status], board.counts[status]
        )
        for status in STATUSES
    ]


def find_shown(desk: RequestContext, trade: Trade, wanted: str) -> list[Shown]:
    """The orders that the search `wanted` finds, the latest first."""
    cards = reading.search_orders(desk.session, wanted)
    numbers = [card.order.order_id for card in cards]
    board = standing.read_standings(desk.session, trade, numbers)
    return [
        Shown(card, board.standings[card.order.order_id])
        for card in cards
        if card.order.order_id in board.standings
    ]


def read_shown(desk: RequestContext, trade: Trade, board: Board, orders: list[str]) -> list[Shown]:
    """These orders, in the order of `orders`, without those that no longer exist."""
    cards = reading.read_orders(desk.session, trade, orders)
    return [Shown(cards[order], board.standings[order]) for order in orders if order in cards]
