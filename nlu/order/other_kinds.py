"""Finds words that turn a product name into another product: the "green" of "green tea"."""

from collections.abc import Sequence

from nlu.catalogue.name_finder import Mention
from nlu.order.order import OrderLine
from nlu.words.dishes import dishes, length_of
from nlu.words.small_words import word_set
from nlu.words.vocabulary import load_vocabulary

_LONGEST_KIND = 3
_OF = word_set("makes_kind")

Span = tuple[int, int]


def find_other_kinds(words: Sequence[str], lines: Sequence[OrderLine]) -> list[Span | None]:
    """For each line, the span from the first word of another kind to the end of the product's name
    ("green tea"), or None."""
    return [_other_kind(words, line) for line in lines]


def _other_kind(words: Sequence[str], line: OrderLine) -> Span | None:
    begin = _first_of_kind(words, line.product)
    return None if begin is None else (begin, line.product.last)


def _first_of_kind(words: Sequence[str], product: Mention) -> int | None:
    """The first word of the kinds right before a name: "lemon ginger tea", "nimbu wali chai"."""
    end = product.first
    if end and words[end - 1] in _OF:
        end -= 1
    first = None
    for at in range(end - 1, max(-1, end - 1 - _LONGEST_KIND), -1):
        length = length_of(dishes().kinds, words, at)
        if length and at + length == (end if first is None else first):
            first = at
        elif not (length or words[at] in load_vocabulary().descriptions):
            break
    return first
