"""The order in which the shop shows its own rows, such as categories: their column `position`."""

from collections.abc import Sequence
from typing import Protocol

from sqlalchemy import func, select
from sqlalchemy.orm import InstrumentedAttribute, Session


class Placed(Protocol):
    """A row with a position."""

    position: int


def last_position(session: Session, column: InstrumentedAttribute[int]) -> int:
    """The position of the last row, by the table's column; 0 if there is none."""
    return session.scalar(select(func.max(column))) or 0


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
