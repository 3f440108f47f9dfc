"""Finds sizes that a product is not sold in: "extra large" where Large is the largest."""

from collections.abc import Container, Sequence

from nlu.catalogue.option_words import SIZES_BY_NAME, larger_words, size_words
from nlu.order.order import OrderLine
from nlu.order.order_options import SaidOption

_BETWEEN = 1

Span = tuple[int, int]


def find_lacking_sizes(
    words: Sequence[str],
    lines: Sequence[OrderLine],
    sized: Container[str],
    options: Sequence[SaidOption],
) -> list[Span]:
    """Where a size stands beside a product that comes in sizes and not in this one.

    sized: the skus of products that come in sizes; options: what was read as an option.
    """
    products = [line.product for line in lines if line.product.sku in sized]
    taken = {at for one in options for at in range(one.first, one.last)}
    names = _names()
    spans = [(at, at + 1) for at, word in enumerate(words) if word in names and at not in taken]
    found = (_with_larger(words, *span) for span in spans)
    return [
        (first, last)
        for first, last in found
        if any(
            0 <= one.first - last <= _BETWEEN or 0 <= first - one.last <= _BETWEEN
            for one in products
        )
    ]


def _with_larger(words: Sequence[str], first: int, last: int) -> Span:
    """The span with the "extra" of "extra large"."""
    if words[first] not in size_words("size_large"):
        return first, last
    at = first - 1 - (words[first - 1 : first] == ["-"])
    return (at, last) if at >= 0 and words[at] in larger_words() else (first, last)


def _names() -> frozenset[str]:
    return frozenset[str]().union(*map(size_words, SIZES_BY_NAME))
