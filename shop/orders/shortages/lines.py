"""Reads the lines of a placed order, also if it was inserted by SQL with fewer fields."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from shop.carts.lines import RequestedLine, line_keys, name_line, options_of_item
from shop.products import catalogue
from storage.models import Order, Product, Shortage

Item = Mapping[str, Any]


@dataclass(frozen=True)
class PlacedLine:
    """A line as it was placed: `at` is its place in the order's items, `price` is apiece."""

    at: int
    key: str
    item: Item
    name: str
    quantity: int
    price: Decimal

    @property
    def product(self) -> str:
        return str(self.item["product"])

    @property
    def total(self) -> Decimal:
        return self.price * self.quantity

    @property
    def said(self) -> str:
        """`Coffee (Large) × 2`."""
        return f"{self.name} × {self.quantity}"

    def as_requested(self) -> RequestedLine:
        return RequestedLine(self.product, self.quantity, options=options_of_item(self.item))


def read_placed_lines(session: Session, items: Sequence[Any]) -> list[PlacedLine]:
    """The readable lines; missing names and prices are taken from today's products."""
    readable = [(at, item) for at, item in enumerate(items) if is_readable(item)]
    bare = [item["product"] for _, item in readable if not _is_whole(item)]
    known = catalogue.find_by_sku(session, bare) if bare else {}
    keys = line_keys(item["product"] for _, item in readable)
    return [
        _placed_line(at, key, item, known.get(item["product"]))
        for key, (at, item) in zip(keys, readable, strict=True)
    ]


def is_readable(item: object) -> bool:
    """Whether an element of an order's items names a product."""
    return isinstance(item, dict) and isinstance(item.get("product"), str)


def line_with_key(lines: Sequence[PlacedLine], key: str) -> PlacedLine | None:
    """The line with this key."""
    return next((line for line in lines if line.key == key), None)


def product_of(session: Session, shortage: Shortage) -> str:
    """The sku of the product that ran out."""
    line = line_with_key(read_placed_lines(session, shortage.items), shortage.line)
    return line.product if line else shortage.line


def name_short_line(session: Session, shortage: Shortage) -> str:
    """The line that ran out: `Coffee (Large) × 2`."""
    line = line_with_key(read_placed_lines(session, shortage.items), shortage.line)
    return line.said if line else shortage.line


def lines_in_words(session: Session, order: Order) -> str:
    """`2 × Coffee (Large), 1 × Tea`, for the order's history."""
    lines = read_placed_lines(session, order.items)
    return ", ".join(f"{line.quantity} × {line.name}" for line in lines)


def short_line(session: Session, shortage: Shortage, order: Order) -> PlacedLine | None:
    """The line that a question is about; None if the order has changed since."""
    if order.items != shortage.items:
        return None
    return line_with_key(read_placed_lines(session, order.items), shortage.line)


def line_now(session: Session, shortage: Shortage, order: Order) -> PlacedLine | None:
    """The order's current line with the product and options that ran out."""
    then = line_with_key(read_placed_lines(session, shortage.items), shortage.line)
    if then is None:
        return None
    wanted = then.as_requested()
    alike = [
        line
        for line in read_placed_lines(session, order.items)
        if (line.product, line.as_requested().options) == (wanted.product, wanted.options)
    ]
    return next((line for line in alike if line.key == then.key), next(iter(alike), None))


def _is_whole(item: Item) -> bool:
    return bool(item.get("product_name")) and "price" in item


def _placed_line(at: int, key: str, item: Item, product: Product | None) -> PlacedLine:
    said = item.get("quantity", 1)
    quantity = said if isinstance(said, int) else 1
    name = item.get("product_name") or (product.name if product else item["product"])
    price = item.get("price", product.price if product else 0)
    full_name = name_line(str(name), options=options_of_item(item))
    return PlacedLine(at, key, item, full_name, quantity, Decimal(str(price)))
