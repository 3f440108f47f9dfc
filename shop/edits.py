"""What becomes of a slip when something is added, taken away, set, or takes another's place."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from shop.cart import Wish, summed

# `instead`: in the place of what is taken away, beside what is on the slip of it already.
Change = Literal["add", "remove", "set", "instead"]


@dataclass(frozen=True)
class Said:
    """What was said of one product."""

    product: str
    quantity: int | None
    change: Change


def changed(before: Iterable[Wish], change: Change, named: Iterable[Wish]) -> list[Wish]:
    """The wishes after one change of all that is named.

    Taking away a number leaves the rest; one that is not on the slip is left alone.
    """
    return after(before, [Said(wish.product, wish.quantity, change) for wish in named])


def after(before: Iterable[Wish], said: Sequence[Said]) -> list[Wish]:
    """The wishes after all that was said.

    What comes without a number when something is taken away comes in its number: `coffee to tea`.
    """
    wishes: dict[str, int | None] = {wish.product: wish.quantity for wish in before}
    taken = [one for one in said if one.change == "remove"]
    moved = [_take_away(wishes, one) for one in taken if one.product in wishes]
    freed = moved[0] if moved else None
    for one in said:
        if one.change == "add":
            wishes[one.product] = (wishes.get(one.product) or 0) + (one.quantity or 1)
        elif one.change == "instead":
            known = [many for many in (wishes.get(one.product), one.quantity or freed) if many]
            wishes[one.product] = sum(known) or None
        elif one.change == "set" and not (taken and one.quantity is None and one.product in wishes):
            wishes[one.product] = freed if one.quantity is None else one.quantity
    return [Wish(product, quantity) for product, quantity in wishes.items()]


def merged(said: Iterable[Said]) -> list[Said]:
    """What is said of a product twice is said once, with the sum: `2 coffees, a tea, a coffee`."""
    sums = summed(((one.product, one.change), one.quantity) for one in said)
    return [Said(product, many, change) for (product, change), many in sums.items()]


def with_quantity(wishes: Iterable[Wish], product: str, quantity: int | None) -> list[Wish]:
    """The wishes with another quantity for one product."""
    return changed(wishes, "set", [Wish(product, quantity)])


def _take_away(wishes: dict[str, int | None], one: Said) -> int | None:
    """Takes it off; returns how many went, if that is known."""
    there = wishes[one.product]
    if one.quantity is None or (there or 0) <= one.quantity:
        return wishes.pop(one.product)
    wishes[one.product] = (there or 0) - one.quantity
    return one.quantity
