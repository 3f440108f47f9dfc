"""The slip: what a customer is about to order, reckoned at the catalogue's prices.

It travels as JSON (Rasa slot, `conversation_state.context`, `orders.items`); the prices in it are
what the customer was told and are reckoned again from `products` whenever they matter.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Self, TypeVar

from sqlalchemy.orm import Session

from shop import catalogue
from shop.money import as_json, rupees
from shop.notes import WHOLE, Notes

Key = TypeVar("Key")

# More of one product than a shop's kitchen takes without a talk.
MOST_OF_ONE = 100


@dataclass(frozen=True)
class Wish:
    """One line as the customer said it; no quantity means: not said yet."""

    product: str
    quantity: int | None = None


@dataclass(frozen=True)
class Line:
    """One line at the current price, in rupees apiece."""

    product: str
    product_name: str
    emoji: str
    price: Decimal
    quantity: int | None = None

    @property
    def total(self) -> Decimal:
        return self.price * (self.quantity or 0)

    def said(self) -> str:
        """`Coffee × 2 = ₹240`."""
        return f"{self.product_name} × {self.quantity} = {rupees(self.total)}"


@dataclass(frozen=True)
class Slip:
    """The lines of one order, what of the wish cannot be had (`missing`, by name), and how it is to
    be made (by sku, in the customer's words)."""

    lines: tuple[Line, ...] = ()
    missing: tuple[str, ...] = ()
    notes: Notes = field(default_factory=dict)

    @property
    def total(self) -> Decimal:
        return sum((line.total for line in self.lines), Decimal(0))

    @property
    def unasked(self) -> Line | None:
        """The first line whose quantity is still to be asked."""
        return next((line for line in self.lines if line.quantity is None), None)

    def wishes(self) -> list[Wish]:
        return [Wish(line.product, line.quantity) for line in self.lines]

    def as_json(self) -> dict[str, Any] | None:
        if not self.lines:
            return None
        slip: dict[str, Any] = {"items": [_line_as_json(line) for line in self.lines]}
        if self.notes:
            slip["notes"] = dict(self.notes)
        return slip if self.unasked else {**slip, "total": as_json(self.total)}

    def same_price_as(self, told: Mapping[str, Any]) -> bool:
        """Whether the customer was told just this, product by product and rupee by rupee."""
        return without_notes(self.as_json() or {}) == without_notes(told)

    @classmethod
    def reckon(cls, session: Session, wishes: Iterable[Wish], notes: Notes | None = None) -> Self:
        """The wishes at today's prices; the same product twice becomes one line."""
        merged = merge(wishes)
        known = catalogue.by_sku(session, [wish.product for wish in merged])
        lines, missing = [], []
        for wish in merged:
            product = known.get(wish.product)
            if product is None or not product.is_available:
                missing.append(product.name if product else wish.product)
            else:
                lines.append(
                    Line(product.sku, product.name, product.emoji, product.price, wish.quantity)
                )
        told = {WHOLE, *(line.product for line in lines)}
        kept = {sku: words for sku, words in (notes or {}).items() if sku in told}
        return cls(tuple(lines), tuple(missing), kept)


def merge(wishes: Iterable[Wish]) -> list[Wish]:
    """One wish a product, in the order of first mention, quantities added up."""
    sums = summed((wish.product, wish.quantity) for wish in wishes)
    return [Wish(product, quantity) for product, quantity in sums.items()]


def summed(amounts: Iterable[tuple[Key, int | None]]) -> dict[Key, int | None]:
    """The amounts of each key added up, in the order of first mention; None where none is known."""
    sums: dict[Key, int | None] = {}
    for key, amount in amounts:
        known = [many for many in (sums.get(key), amount) if many is not None]
        sums[key] = sum(known) if known else None
    return sums


def said(item: Mapping[str, Any]) -> str:
    """A line of a placed order at the price it was placed at: `Coffee × 2 = ₹240`."""
    total = Decimal(str(item["price"])) * item["quantity"]
    return f"{item['product_name']} × {item['quantity']} = {rupees(total)}"


def wishes_of(slip: Mapping[str, Any] | None) -> list[Wish]:
    """The wishes in a slip's JSON."""
    items = (slip or {}).get("items", [])
    return [Wish(item["product"], item.get("quantity")) for item in items]


def without_notes(slip: Mapping[str, Any]) -> dict[str, Any]:
    """A slip's JSON as far as it says what is to be paid."""
    return {key: slip[key] for key in ("items", "total") if key in slip}


def _line_as_json(line: Line) -> dict[str, Any]:
    said = {
        "product": line.product,
        "product_name": line.product_name,
        "price": as_json(line.price),
    }
    return said if line.quantity is None else {**said, "quantity": line.quantity}
