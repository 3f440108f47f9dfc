"""The cart: what a customer is about to order, reckoned at the catalogue's prices.

It travels as JSON (Rasa slot, `conversation_state.context`, `orders.items`); the prices in it are
what the customer was told and are reckoned again from `products` whenever they matter.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Self, TypeVar

from sqlalchemy.orm import Session

from shop.orders.notes import WHOLE, Notes
from shop.orders.terms import OrderTerms
from shop.products import catalogue
from shop.products.money import as_json, format_rupees
from shop.products.options import ChosenOption, Options, priced_now, read_choices

Key = TypeVar("Key")

# More of one product than a shop's kitchen takes without a talk.
MOST_OF_ONE = 100


@dataclass(frozen=True)
class RequestedLine:
    """One line as the customer said it; no quantity means: not said yet.

    The same product with other options is another line.
    """

    product: str
    quantity: int | None = None
    options: Options = ()


@dataclass(frozen=True)
class CartLine:
    """One line at the current price, in rupees apiece; the price includes the options'."""

    product: str
    product_name: str
    emoji: str
    price: Decimal
    quantity: int | None = None
    options: Options = ()

    @property
    def product_price(self) -> Decimal:
        """The price without the options."""
        return self.price - sum_prices(self.options)

    @property
    def total(self) -> Decimal:
        return self.price * (self.quantity or 0)

    def said(self) -> str:
        """`Coffee × 2 = ₹240`."""
        return f"{self.product_name} × {self.quantity} = {format_rupees(self.total)}"


@dataclass(frozen=True)
class Cart:
    """The lines of one order, the unavailable items (`missing`, by name), how it is to be made
    (by sku, in the customer's words), and how, where and when it is to be had."""

    lines: tuple[CartLine, ...] = ()
    missing: tuple[str, ...] = ()
    notes: Notes = field(default_factory=dict)
    terms: OrderTerms = field(default_factory=OrderTerms)

    @property
    def goods(self) -> Decimal:
        """What the lines come to."""
        return sum((line.total for line in self.lines), Decimal(0))

    @property
    def total(self) -> Decimal:
        """What the customer pays: goods and fee."""
        return self.goods + self.terms.fee

    @property
    def unasked(self) -> CartLine | None:
        """The first line whose quantity is still to be asked."""
        return next((line for line in self.lines if line.quantity is None), None)

    def requested_lines(self) -> list[RequestedLine]:
        return [RequestedLine(line.product, line.quantity, line.options) for line in self.lines]

    def as_json(self) -> dict[str, Any] | None:
        if not self.lines:
            return None
        cart: dict[str, Any] = {"items": [_line_as_json(line) for line in self.lines]}
        if self.notes:
            cart["notes"] = dict(self.notes)
        cart |= self.terms.as_json()
        return cart if self.unasked else {**cart, "total": as_json(self.total)}

    def same_price_as(self, told: Mapping[str, Any]) -> bool:
        """Whether the customer was told just this, product by product and rupee by rupee."""
        return without_notes(self.as_json() or {}) == without_notes(told)

    @classmethod
    def reckon(
        cls, session: Session, requested_lines: Iterable[RequestedLine], notes: Notes | None = None
    ) -> Self:
        """The requested lines at today's prices; the same product twice becomes one line."""
        merged = merge_lines(requested_lines)
        known = catalogue.find_by_sku(session, [requested.product for requested in merged])
        with_options = [requested.product for requested in merged if requested.options]
        choices = read_choices(session, with_options) if with_options else {}
        lines, missing = [], []
        for requested in merged:
            product = known.get(requested.product)
            if product is None or not product.is_on_offer:
                missing.append(product.name if product else requested.product)
            else:
                chosen = priced_now(choices.get(product.sku, ()), requested.options)
                lines.append(
                    CartLine(
                        product.sku,
                        product.name,
                        product.emoji,
                        product.price + sum_prices(chosen),
                        requested.quantity,
                        chosen,
                    )
                )
        told = {WHOLE, *(line.product for line in lines)}
        kept = {sku: words for sku, words in (notes or {}).items() if sku in told}
        return cls(tuple(lines), tuple(missing), kept)


def merge_lines(requested_lines: Iterable[RequestedLine]) -> list[RequestedLine]:
    """One requested line a product with its options, in the order of first mention, quantities
    added up."""
    sums = sum_lines(
        ((requested.product, requested.options), requested.quantity)
        for requested in requested_lines
    )
    return [RequestedLine(product, many, options) for (product, options), many in sums.items()]


def sum_lines(amounts: Iterable[tuple[Key, int | None]]) -> dict[Key, int | None]:
    """The amounts of each key added up, in the order of first mention; None where none is known."""
    sums: dict[Key, int | None] = {}
    for key, amount in amounts:
        known = [many for many in (sums.get(key), amount) if many is not None]
        sums[key] = sum(known) if known else None
    return sums


def describe_line(item: Mapping[str, Any]) -> str:
    """A line of a placed order at the price it was placed at: `Coffee × 2 = ₹240`."""
    total = Decimal(str(item["price"])) * item["quantity"]
    return f"{item['product_name']} × {item['quantity']} = {format_rupees(total)}"


def lines_of_items(cart: Mapping[str, Any] | None) -> list[RequestedLine]:
    """The requested lines in a cart's JSON."""
    items = (cart or {}).get("items", [])
    return [
        RequestedLine(item["product"], item.get("quantity"), options_of_item(item))
        for item in items
    ]


def options_of_item(item: Mapping[str, Any]) -> Options:
    """The options of a line in a cart's JSON."""
    return tuple(ChosenOption.from_json(option) for option in item.get("options", ()))


def sum_prices(options: Iterable[ChosenOption]) -> Decimal:
    """What options add to a product's price."""
    return sum((option.price for option in options), Decimal(0))


def without_notes(cart: Mapping[str, Any]) -> dict[str, Any]:
    """A cart's JSON as far as it says what is to be paid."""
    return {key: cart[key] for key in ("items", "total") if key in cart}


def _line_as_json(line: CartLine) -> dict[str, Any]:
    said: dict[str, Any] = {
        "product": line.product,
        "product_name": line.product_name,
        "price": as_json(line.price),
    }
    if line.options:
        said["options"] = [option.as_json() for option in line.options]
    return said if line.quantity is None else {**said, "quantity": line.quantity}
