"""Applies changes to a cart: add, remove, set, replace."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from shop.orders.cart import RequestedLine, sum_lines

# `instead`: replaces what is removed, in addition to what the cart has of it already.
Change = Literal["add", "remove", "set", "instead"]


@dataclass(frozen=True)
class Said:
    """The requested change of one product."""

    product: str
    quantity: int | None
    change: Change


def apply_changes(
    before: Iterable[RequestedLine], change: Change, named: Iterable[RequestedLine]
) -> list[RequestedLine]:
    """The cart lines after applying one kind of change to all named products.

    Removing a number keeps the rest; products that are not in the cart are ignored.
    """
    return lines_after(
        before, [Said(requested.product, requested.quantity, change) for requested in named]
    )


def lines_after(before: Iterable[RequestedLine], said: Sequence[Said]) -> list[RequestedLine]:
    """The cart lines after all changes.

    A replacement without a number takes the number of what it replaces: `coffee to tea`.
    """
    requested_lines: dict[str, int | None] = {
        requested.product: requested.quantity for requested in before
    }
    taken = [one for one in said if one.change == "remove"]
    moved = [_take_away(requested_lines, one) for one in taken if one.product in requested_lines]
    freed = moved[0] if moved else None
    for one in said:
        if one.change == "add":
            requested_lines[one.product] = (requested_lines.get(one.product) or 0) + (
                one.quantity or 1
            )
        elif one.change == "instead":
            known = [
                many for many in (requested_lines.get(one.product), one.quantity or freed) if many
            ]
            requested_lines[one.product] = sum(known) or None
        elif one.change == "set" and not (
            taken and one.quantity is None and one.product in requested_lines
        ):
            requested_lines[one.product] = freed if one.quantity is None else one.quantity
    return [RequestedLine(product, quantity) for product, quantity in requested_lines.items()]


def merge_changes(said: Iterable[Said]) -> list[Said]:
    """Merges changes of the same product by summing them: `2 coffees, a tea, a coffee`."""
    sums = sum_lines(((one.product, one.change), one.quantity) for one in said)
    return [Said(product, many, change) for (product, change), many in sums.items()]


def with_quantity(
    requested_lines: Iterable[RequestedLine], product: str, quantity: int | None
) -> list[RequestedLine]:
    """The lines with another quantity for one product."""
    return apply_changes(requested_lines, "set", [RequestedLine(product, quantity)])


def _take_away(requested_lines: dict[str, int | None], one: Said) -> int | None:
    """Removes a product; returns how many were removed, if known."""
    there = requested_lines[one.product]
    if one.quantity is None or (there or 0) <= one.quantity:
        return requested_lines.pop(one.product)
    requested_lines[one.product] = (there or 0) - one.quantity
    return one.quantity
