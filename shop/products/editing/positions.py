"""The order in which the shop shows its categories and choices: their column `position`."""

from collections.abc import Sequence
from typing import Protocol


class Placed(Protocol):
    """A row with a position."""

    position: int


def shift_row(rows: Sequence[Placed], row: Placed, by: int) -> None:
    """Moves one of the ordered rows up (-1) or down (1)."""
    order = list(rows)
    here = order.index(row)
    there = min(max(here + by, 0), len(order) - 1)
    order.insert(there, order.pop(here))
    number_rows(order)


def number_rows(rows: Sequence[Placed]) -> None:
    """Gives the rows the positions of this order."""
    for position, one in enumerate(rows, start=1):
        one.position = position
