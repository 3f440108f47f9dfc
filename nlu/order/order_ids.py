"""Finds order numbers in a text: "ORD-48213", "ord 48213", "#48213", "order no. 48213"."""

from collections.abc import Sequence
from typing import NamedTuple

from nlu.words import FOLDER
from shop.language.word_files import read_patterns

_SAID = read_patterns("order_numbers", FOLDER)
_PATTERNS = tuple(_SAID[n] for n in ("prefixed", "joined", "sharp", "numbered", "named"))


class OrderId(NamedTuple):
    """An order number, spelled as the shop does, and its start and end in the text."""

    start: int
    end: int
    value: str


def find_order_ids(text: str) -> list[OrderId]:
    """The order numbers in a text, from left to right; a bare number does not count."""
    found: list[OrderId] = []
    taken: set[int] = set()
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            start, end = match.span("id")
            if taken.isdisjoint(range(start, end)):
                taken.update(range(start, end))
                found.append(OrderId(start, end, f"ORD-{_ascii(match['digits'])}"))
    return sorted(found)


def _ascii(digits: str) -> str:
    return "".join(str(int(digit)) for digit in digits)


def blot_out_order_ids(text: str, order_ids: Sequence[OrderId], blot: str) -> str:
    """The text with order numbers masked at the same length, so that they are no quantities."""
    parts, done = [], 0
    for order_id in order_ids:
        parts += [text[done : order_id.start], blot * (order_id.end - order_id.start)]
        done = order_id.end
    return "".join([*parts, text[done:]])
