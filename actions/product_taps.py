"""Products as taps: a row for each, with its price below."""

from collections.abc import Sequence
from typing import Any

from actions.place_questions import make_tap
from actions.turn import Turn
from shop.products.rows import product_rows
from storage.models import Product


def product_taps(turn: Turn, products: Sequence[Product]) -> list[dict[str, Any]]:
    """For each product a row whose tap orders it."""
    return [
        make_tap(row["title"], "new_order", "product", row["id"], row["description"])
        for row in product_rows(products, turn.language)
    ]
