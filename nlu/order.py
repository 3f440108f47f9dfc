"""What a message orders."""

from typing import NamedTuple

from nlu.catalogue import Mention
from nlu.numbers import Number


class Line(NamedTuple):
    """A product and how many of it; None where no number belongs to it."""

    product: Mention
    quantity: Number | None


class Order(NamedTuple):
    """The lines of an order, and the number of a message that names no product."""

    lines: list[Line]
    loose: Number | None
