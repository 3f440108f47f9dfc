"""Takes a line off a placed order, or puts another item in its place."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from shop.carts.lines import line_keys
from shop.orders.shortages.lines import PlacedLine, is_readable
from shop.orders.shortages.replacements import price_of
from storage.models import Order

# Two lines of one product are merged if these fields are equal.
_SAME = ("product", "price", "options")


@dataclass
class _Row:
    """An element of an order's items: `was` are the places that it had, `note` how it is made."""

    was: list[int]
    item: Any
    note: str


def replace_line(order: Order, line: PlacedLine, item: dict[str, Any] | None) -> dict[int, str]:
    """Writes items, notes and total anew; None takes the line off.

    Returns the new key of each line by the place that it had before.
    """
    rows = list(_rows_of_order(order))
    keys = {_key for _key in _keys(rows) if _key}
    if item is None:
        del rows[line.at]
    else:
        _put(rows, line.at, item)
    new_keys = _keys(rows)
    beside = {key: note for key, note in (order.notes or {}).items() if key not in keys}
    noted = {key: row.note for key, row in zip(new_keys, rows, strict=True) if key and row.note}
    order.items = [row.item for row in rows]
    order.notes = {**noted, **beside} or None
    change = (price_of(item) if item else Decimal(0)) - line.total
    order.total = max(Decimal(0), order.total + change)
    return {place: key for key, row in zip(new_keys, rows, strict=True) if key for place in row.was}


def _put(rows: list[_Row], at: int, item: dict[str, Any]) -> None:
    """Puts the item in the place of a row, or adds it to another line of the same item."""
    note = rows[at].note
    for row in rows:
        if row.was != [at] and row.note == note and _is_same(row.item, item):
            row.item = {**row.item, "quantity": row.item["quantity"] + item["quantity"]}
            del rows[at]
            return
    rows[at].item = item


def _is_same(one: Any, other: dict[str, Any]) -> bool:
    is_counted = isinstance(one, dict) and isinstance(one.get("quantity"), int)
    return is_counted and all(one.get(name) == other.get(name) for name in _SAME)


def _rows_of_order(order: Order) -> Iterator[_Row]:
    notes = order.notes or {}
    rows = [_Row([at], item, "") for at, item in enumerate(order.items)]
    for row, key in zip(rows, _keys(rows), strict=True):
        row.note = notes.get(key, "") if key else ""
        yield row


def _keys(rows: list[_Row]) -> list[str]:
    """The key of each row; "" of one that cannot be read."""
    keys = iter(line_keys(row.item["product"] for row in rows if is_readable(row.item)))
    return [next(keys) if is_readable(row.item) else "" for row in rows]
