"""Finds sizes that a product is not sold in: "extra large" where Large is the largest."""

from collections.abc import Container, Sequence

from nlu.catalogue.name_finder import Mention
from nlu.catalogue.option_names import OptionMention
from nlu.catalogue.option_words import LARGEST, SIZES_BY_NAME, larger_words, size_words
from nlu.order.order import OrderLine

_BETWEEN = 1

Span = tuple[int, int]


def find_lacking_sizes(
    words: Sequence[str],
    lines: Sequence[OrderLine],
    sized: Container[str],
    options: Sequence[OptionMention],
) -> list[Span]:
    """Where a size stands beside a product that comes in sizes and not in this one.

    sized: the skus of products that come in sizes; options: what names an option of
    any product.
    """
    products = [line.product for line in lines if line.product.sku in sized]
    names = _names()
    spans = (_with_larger(words, at) for at, word in enumerate(words) if word in names)
    return [span for span in spans if any(_lacks(one, span, options) for one in products)]


def _lacks(product: Mention, span: Span, options: Sequence[OptionMention]) -> bool:
    """Whether a size stands beside a product and is none of its options."""
    first, last = span
    is_before, is_behind = product.first - last, first - product.last
    if not (0 <= is_before <= _BETWEEN or 0 <= is_behind <= _BETWEEN):
        return False
    return not any(one.first < last <= one.last and one.of(product.sku) for one in options)


def _with_larger(words: Sequence[str], first: int) -> Span:
    """Where a size stands, with the "extra" of "extra large"."""
    at = first - 1 - (words[first - 1 : first] == ["-"])
    is_larger = words[first] in size_words(LARGEST) and at >= 0 and words[at] in larger_words()
    return (at if is_larger else first), first + 1


def _names() -> frozenset[str]:
    return frozenset[str]().union(*map(size_words, SIZES_BY_NAME))
