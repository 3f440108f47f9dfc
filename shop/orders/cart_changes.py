"""What becomes of a cart when something is added, taken away, set, or takes another's place."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from shop.orders.cart import RequestedLine, sum_lines

# `instead`: in the place of what is taken away, beside what is on the cart of it already.
Change = Literal["add", "remove", "set", "instead"]


@dataclass(frozen=True)
class Said:
    """What was said of one product."""

    product: str
    quantity: int | None
    change: Change


def apply_changes(
    before: Iterable[RequestedLine], change: Change, named: Iterable[RequestedLine]
) -> list[RequestedLine]:
    """The requested lines after one change of all that is named.

    Taking away a number leaves the rest; one that is not on the cart is left alone.
    """
    return lines_after(
        before, [Said(requested.product, requested.quantity, change) for requested in named]
    )


def lines_after(before: Iterable[RequestedLine], said: Sequence[Said]) -> list[RequestedLine]:
    """The requested lines after all that was said.

    What comes without a number when something is taken away comes in its number: `coffee to tea`.
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
    """What is said of a product twice is said once, with the sum: `2 coffees, a tea, a coffee`."""
    sums = sum_lines(((one.product, one.change), one.quantity) for one in said)
    return [Said(product, many, change) for (product, change), many in sums.items()]


def with_quantity(
    requested_lines: Iterable[RequestedLine], product: str, quantity: int | None
) -> list[RequestedLine]:
    """The requested lines with another quantity for one product."""
    return apply_changes(requested_lines, "set", [RequestedLine(product, quantity)])


def _take_away(requested_lines: dict[str, int | None], one: Said) -> int | None:
    """Takes it off; returns how many went, if that is known."""
    there = requested_lines[one.product]
    if one.quantity is None or (there or 0) <= one.quantity:
        return requested_lines.pop(one.product)
    requested_lines[one.product] = (there or 0) - one.quantity
    return one.quantity
