"""The lines of an order: a product, its quantity, options and note."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, TypeVar

from shop.carts.notes import Notes
from shop.products.money import format_rupees
from shop.products.options import ChosenOption, Options

Key = TypeVar("Key")
# Product, note and options: lines of an order differ in at least one of them.
LineKey = tuple[str, str, Options]


@dataclass(frozen=True)
class RequestedLine:
    """One line as the customer said it; quantity None: not said yet.

    `note` is how it is to be made: the same product with another note, or with other options, is
    another line. `told_name` is what the product was called when the customer chose it: the only
    name that is left once it is deleted.
    """

    product: str
    quantity: int | None = None
    note: str = ""
    options: Options = ()
    told_name: str = field(default="", compare=False)

    @property
    def key(self) -> LineKey:
        """The key that distinguishes the lines of an order."""
        return self.product, self.note, self.options


def merge_lines(requested_lines: Iterable[RequestedLine]) -> list[RequestedLine]:
    """One requested line a product, note and options, in the order of first mention, quantities
    added up."""
    requested_lines = list(requested_lines)
    names = {requested.product: requested.told_name for requested in requested_lines}
    sums = sum_lines((requested.key, requested.quantity) for requested in requested_lines)
    return [
        RequestedLine(product, many, note, options, names[product])
        for (product, note, options), many in sums.items()
    ]


def line_keys(products: Iterable[str]) -> list[str]:
    """The key of each line's note: the sku, or `coffee#2` for its second line."""
    so_far: Counter[str] = Counter()
    keys = []
    for product in products:
        so_far[product] += 1
        keys.append(product if so_far[product] == 1 else f"{product}#{so_far[product]}")
    return keys


def told_apart(products: Sequence[str], notes: Notes | None) -> tuple[list[str], Notes]:
    """Splits notes: those of lines that differ in the note alone, by line, and the others."""
    often, keys, noted = Counter(products), line_keys(products), notes or {}
    is_twin = [often[product] > 1 for product in products]
    apart = [noted.get(key, "") if twin else "" for key, twin in zip(keys, is_twin, strict=True)]
    said = {key for key, twin in zip(keys, is_twin, strict=True) if twin}
    return apart, {key: words for key, words in noted.items() if key not in said}


def name_line(product_name: str, note: str = "", options: Iterable[ChosenOption] = ()) -> str:
    """The name of a line: `Cappuccino (Large, Oat milk)`, or `Coffee (cold)` with a note that
    distinguishes it from another line.
    """
    said = [*(option.name for option in options), *([note] if note else [])]
    return f"{product_name} ({', '.join(said)})" if said else product_name


def sum_lines(amounts: Iterable[tuple[Key, int | None]]) -> dict[Key, int | None]:
    """The amounts of each key added up, in the order of first mention; None if none is known."""
    sums: dict[Key, int | None] = {}
    for key, amount in amounts:
        known = [many for many in (sums.get(key), amount) if many is not None]
        sums[key] = sum(known) if known else None
    return sums


def describe_line(item: Mapping[str, Any], note: str = "") -> str:
    """A line of a placed order at the price it was placed at: `Coffee (Large) × 2 = ₹240`."""
    total = Decimal(str(item["price"])) * item["quantity"]
    name = name_line(item["product_name"], note, options_of_item(item))
    return f"{name} × {item['quantity']} = {format_rupees(total)}"


def lines_of_items(cart: Mapping[str, Any] | None) -> list[RequestedLine]:
    """The requested lines in a cart's JSON: `items`, and their `notes` where there are any."""
    items, notes = (cart or {}).get("items", []), (cart or {}).get("notes") or {}
    keys = line_keys(item["product"] for item in items)
    return [
        RequestedLine(
            item["product"],
            item.get("quantity"),
            notes.get(key, ""),
            options_of_item(item),
            item.get("product_name", ""),
        )
        for key, item in zip(keys, items, strict=True)
    ]


def options_of_item(item: Mapping[str, Any]) -> Options:
    """The options of a line in a cart's JSON."""
    return tuple(ChosenOption.from_json(option) for option in item.get("options", ()))


def price_key(item: Mapping[str, Any]) -> tuple[str, Options]:
    """The key of an item's price: the product with its options."""
    return item["product"], options_of_item(item)
