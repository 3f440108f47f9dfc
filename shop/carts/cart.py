"""The cart of a customer, calculated at the catalogue's prices.

It is stored as JSON (Rasa slot, `conversation_state.context`, `orders.items`). The prices in it are
those that the customer was told; they are calculated again from `products` whenever they matter.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Self

from sqlalchemy.orm import Session

from shop.carts.lines import LineKey, RequestedLine, line_keys, merge_lines, name_line, sum_lines
from shop.carts.notes import WHOLE, Notes
from shop.carts.terms import OrderTerms
from shop.products import catalogue
from shop.products.money import as_json_number, format_rupees
from shop.products.options import (
    ChosenOption,
    Options,
    priced_now,
    read_choices,
    vanished_options,
)
from storage.models import Product

# The most of one product that is ordered without talking to staff.
MOST_OF_ONE = 100


@dataclass(frozen=True)
class CartLine:
    """One line at the current price, in rupees apiece; the price includes the options'."""

    product: str
    product_name: str
    emoji: str
    price: Decimal
    quantity: int | None = None
    note: str = ""
    options: Options = ()

    @property
    def key(self) -> LineKey:
        """The key that distinguishes the lines of an order."""
        return self.product, self.note, self.options

    @property
    def product_price(self) -> Decimal:
        """The price without the options."""
        return self.price - sum_prices(self.options)

    @property
    def total(self) -> Decimal:
        return self.price * (self.quantity or 0)

    @property
    def name(self) -> str:
        """The product with its options: `Cappuccino (Large)`."""
        return name_line(self.product_name, options=self.options)

    def said(self) -> str:
        """`Coffee × 2 = ₹240`."""
        return f"{self.name} × {self.quantity} = {format_rupees(self.total)}"


@dataclass(frozen=True)
class Cart:
    """The lines of one order, its terms (how, where and when) and its note in the customer's words.

    `missing`: unavailable items by name; deleted ones are in `withdrawn`, too. `vanished`: chosen
    options that are no longer offered, by product and name. `short`: the stock left, by sku, of
    products of which the customer wants more."""

    lines: tuple[CartLine, ...] = ()
    missing: tuple[str, ...] = ()
    note: str = ""
    terms: OrderTerms = field(default_factory=OrderTerms)
    vanished: tuple[tuple[str, str], ...] = ()
    short: Mapping[str, int] = field(default_factory=dict)
    withdrawn: frozenset[str] = frozenset()

    @property
    def notes(self) -> Notes:
        """The notes by the key of each line, and under "" for the whole order."""
        keys = line_keys(line.product for line in self.lines)
        noted = {key: line.note for key, line in zip(keys, self.lines, strict=True) if line.note}
        return noted | ({WHOLE: self.note} if self.note else {})

    @property
    def goods(self) -> Decimal:
        """The price of all lines."""
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
        return [
            RequestedLine(line.product, line.quantity, line.note, line.options)
            for line in self.lines
        ]

    def as_json(self) -> dict[str, Any] | None:
        if not self.lines:
            return None
        cart: dict[str, Any] = {"items": [_line_as_json(line) for line in self.lines]}
        if self.notes:
            cart["notes"] = dict(self.notes)
        cart |= self.terms.as_json()
        return cart if self.unasked else {**cart, "total": as_json_number(self.total)}

    def same_price_as(self, told: Mapping[str, Any]) -> bool:
        """Whether the customer was told exactly these products and prices."""
        return drop_notes(self.as_json() or {}) == drop_notes(told)

    @classmethod
    def reckon(
        cls, session: Session, requested_lines: Iterable[RequestedLine], note: str = ""
    ) -> Self:
        """The requested lines at today's prices; equal lines are merged."""
        merged = merge_lines(requested_lines)
        known = catalogue.find_by_sku(session, [requested.product for requested in merged])
        with_options = [requested.product for requested in merged if requested.options]
        choices = read_choices(session, with_options) if with_options else {}
        lines, missing, withdrawn, vanished = [], [], [], []
        for requested in merged:
            product = known.get(requested.product)
            if product is None:
                # An unknown code has no name to show.
                withdrawn += [requested.told_name] if requested.told_name else []
                missing.append(requested.told_name or requested.product)
            elif not product.is_on_offer:
                missing.append(product.name)
            else:
                there = choices.get(product.sku, ())
                chosen = priced_now(there, requested.options)
                gone = vanished_options(there, requested.options)
                vanished += [(product.name, option.name) for option in gone]
                lines.append(
                    CartLine(
                        product.sku,
                        product.name,
                        product.emoji,
                        product.price + sum_prices(chosen),
                        requested.quantity,
                        requested.note,
                        chosen,
                    )
                )
        missed, gone_now = tuple(dict.fromkeys(missing)), tuple(dict.fromkeys(vanished))
        short, no_more = find_short(lines, known), frozenset(withdrawn)
        return cls(tuple(lines), missed, note, vanished=gone_now, short=short, withdrawn=no_more)


def find_short(lines: Iterable[CartLine], known: Mapping[str, Product]) -> dict[str, int]:
    """The stock left, by sku, of each product that the lines want more of."""
    wanted = sum_lines((line.product, line.quantity) for line in lines)
    return {
        sku: left
        for sku, many in wanted.items()
        if many and (left := known[sku].stock) is not None and many > left
    }


def sum_prices(options: Iterable[ChosenOption]) -> Decimal:
    """What options add to a product's price."""
    return sum((option.price for option in options), Decimal(0))


def drop_notes(cart: Mapping[str, Any]) -> dict[str, Any]:
    """The items and the total of a cart's JSON, without its notes."""
    return {key: cart[key] for key in ("items", "total") if key in cart}


def _line_as_json(line: CartLine) -> dict[str, Any]:
    said: dict[str, Any] = {
        "product": line.product,
        "product_name": line.product_name,
        "price": as_json_number(line.price),
    }
    if line.options:
        said["options"] = [option.as_json() for option in line.options]
    return said if line.quantity is None else {**said, "quantity": line.quantity}
