"""What the board's page and its part are filled with."""

from typing import Any

from console.orders import reading
from console.request_context import RequestContext
from shop.orders.acceptance import MINUTES

# What the button that moves an order on says.
VERBS = {
    "confirmed": "Confirm",
    "preparing": "Prepare",
    "ready": "Ready",
    "delivered": "Delivered",
}
# Offered where somebody says why an order is refused or cancelled.
REASONS = (
    "It is sold out",
    "We are too busy just now",
    "We close soon",
    "We do not deliver there",
)
LONGEST_REASON = 200


def board_values(desk: RequestContext) -> dict[str, Any]:
    """The columns; with `q` what was found instead of them."""
    wanted = desk.query("q") or desk.form.text("q")
    return {
        "wanted": wanted,
        "found": reading.search_orders(desk.session, wanted) if wanted else None,
        "columns": [] if wanted else reading.board_columns(desk.session),
        "later": None if wanted else reading.later_orders(desk.session),
        "day": reading.day_figures(desk.session),
        "mark": reading.board_mark(desk.session),
        "verbs": VERBS,
        "minutes": MINUTES,
        "reasons": REASONS,
    }
