"""Finds the line numbers of a list, which are no quantities: "1. coffee 2. samosa"."""

from collections.abc import Sequence
from itertools import count, takewhile

from nlu.catalogue.name_finder import Mention
from nlu.quantities.numbers import Number
from nlu.quantities.pairing import Pairs
from nlu.words.tokens import NEW_LINE

_SIGNS = {".", ")", ":", "]", "/"}
_OPEN = {"(", "[", "#"}
_FEWEST = 2

Span = tuple[int, int]


def find_list_numbers(words: Sequence[str], products: Sequence[Mention]) -> list[Span]:
    """The spans, first to last (exclusive), of line numbers: 1, 2 and so on, each with its sign.

    A list whose first number follows a product has none: "coffee (1), tea (2)" are quantities.
    """
    ends = {product.last for product in products}
    taken = {at for product in products for at in range(product.first, product.last)}
    spans = [
        _with_signs(words, at)
        for at, word in enumerate(words[:-1])
        if word.rstrip(".").isdigit() and at not in taken and _has_sign(words, at)
    ]
    inner = [span for span in spans if span[1] < len(words)]
    begins = [span for span in inner if _value(words, span) == 1 and span[0] not in ends]
    for first in begins:
        row = [first]
        for span in inner:
            is_alike = _look(words, span) == _look(words, first)
            if is_alike and span > row[-1] and _value(words, span) == len(row) + 1:
                row.append(span)
        if len(row) >= _FEWEST:
            return row
    return []


def without_list_numbers(words: Sequence[str], numbers: Sequence[Span]) -> list[str]:
    """The words with new lines in place of the line numbers."""
    plain = list(words)
    for first, last in numbers:
        plain[first:last] = [NEW_LINE] * (last - first)
    return plain


def with_one_of_each(
    products: Sequence[Mention], pairs: Pairs, list_numbers: Sequence[Span]
) -> Pairs:
    """The pairs, plus a 1 for each product that leads a line of the list and has no number."""
    firsts = [first for first, _ in list_numbers]
    leading: dict[int, Mention] = {}
    for product in products:
        if before := [*takewhile(product.first.__gt__, firsts)]:
            leading.setdefault(before[-1], product)
    ones = {
        product: Number(first, first + 1, 1, "article")
        for first, product in leading.items()
        if product not in pairs
    }
    return pairs | ones


def _has_sign(words: Sequence[str], at: int) -> bool:
    return words[at].endswith(".") or words[at + 1] in _SIGNS


def _with_signs(words: Sequence[str], at: int) -> Span:
    opened = at > 0 and words[at - 1] in _OPEN
    ahead = (place for place in count(at + 1) if place >= len(words) or words[place] not in _SIGNS)
    return at - opened, next(ahead)


def _look(words: Sequence[str], span: Span) -> list[str]:
    """The signs of a line number; "(1)" and "1." belong to different lists."""
    return [word.lstrip("0123456789") for word in words[slice(*span)]]


def _value(words: Sequence[str], span: Span) -> int:
    return next(int(word.rstrip(".")) for word in words[slice(*span)] if word[:1].isdigit())
