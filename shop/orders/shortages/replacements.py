"""Finds items that can replace a line that ran out."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from shop.carts.cart import MOST_OF_ONE, Cart
from shop.carts.lines import RequestedLine
from shop.orders.shortages.lines import PlacedLine
from shop.products import catalogue
from shop.products.options import Choices, open_choice, read_choices, usual_options
from storage.models import Product

# Few enough to read beside *Without it* and *Cancel*.
MOST = 2


def find_replacements(
    session: Session,
    line: PlacedLine,
    chosen: Sequence[str] | None = None,
    but_for: Iterable[str] = (),
) -> list[dict[str, Any]]:
    """Replacements in the form of order items, with the line's quantity, at today's prices.

    chosen: the skus that staff offer; None: what the same category has, the nearest price first.
    but_for: the skus of other products that ran out.
    """
    products = {one.sku: one for one in catalogue.offered_products(session)}
    if chosen is None:
        wanted = _alike(session, line, products.values())
    else:
        wanted = [products[sku] for sku in chosen if sku in products]
    gone = {line.product, *but_for}
    wanted = [product for product in wanted if product.sku not in gone]
    choices = read_choices(session, [product.sku for product in wanted])
    found = [item_of(session, one.sku, line.quantity, choices.get(one.sku, ())) for one in wanted]
    return [item for item in found if item][:MOST]


def item_of(session: Session, sku: str, quantity: int, choices: Choices) -> dict[str, Any] | None:
    """The product with its usual options as an order's item.

    None if there is not enough stock, or if it requires a choice without a default.
    """
    options = usual_options(choices, ())
    cart = Cart.reckon(session, [RequestedLine(sku, quantity, options=options)])
    if not cart.lines or cart.short or cart.vanished or not 0 < quantity <= MOST_OF_ONE:
        return None
    if open_choice(choices, cart.lines[0].options):
        return None
    [item] = (cart.as_json() or {})["items"]
    return dict(item)


def price_of(item: dict[str, Any]) -> Decimal:
    """The price of an item times its quantity."""
    return Decimal(str(item["price"])) * int(item["quantity"])


def _alike(session: Session, line: PlacedLine, products: Iterable[Product]) -> list[Product]:
    """Products of the same category, those with the nearest price first."""
    gone = catalogue.find_by_sku(session, [line.product]).get(line.product)
    if gone is None:
        return []
    same = [product for product in products if product.category == gone.category]
    return sorted(same, key=lambda product: abs(product.price - gone.price))
