"""The order that was read from a message."""

from typing import NamedTuple

from nlu.catalogue.name_finder import Mention
from nlu.quantities.numbers import Number
from nlu.words.small_words import word_set

# The signs before a quantity, as in "coffee x2".
TIMES = frozenset({*word_set("times"), "×", "*"})


class OrderLine(NamedTuple):
    """A product and its quantity; None if no number belongs to it."""

    product: Mention
    quantity: Number | None

    @property
    def first(self) -> int:
        """The line's first word."""
        return min(self.product.first, self.quantity.first if self.quantity else self.product.first)

    @property
    def last(self) -> int:
        """The line's end (exclusive)."""
        return max(self.product.last, self.quantity.last if self.quantity else self.product.last)


class ReadOrder(NamedTuple):
    """The lines of an order; `loose` is the number of a message that names no product."""

    lines: list[OrderLine]
    loose: Number | None
