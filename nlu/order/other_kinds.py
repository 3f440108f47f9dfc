"""Finds words that turn a product name into another product: the "green" of "green tea"."""

from collections.abc import Mapping, Sequence

from nlu.catalogue.name_finder import Mention
from nlu.order.order import OrderLine
from nlu.words.dishes import length_of, read_dishes
from nlu.words.small_words import word_set
from nlu.words.vocabulary import load_vocabulary

_LONGEST_KIND = 3
_OF = word_set("makes_kind")

Span = tuple[int, int]


def find_other_kinds(
    words: Sequence[str], lines: Sequence[OrderLine], behind: Mapping[Mention, int]
) -> list[Span | None]:
    """For each line, the span from the first word of another kind to the end of the product's name
    last (exclusive) of the name and of the kinds `behind` it; None where it is not. What is a
    product's own name never is."""
    return [_other_kind(words, line, behind.get(line.product)) for line in lines]


def find_kinds_behind(words: Sequence[str], products: Sequence[Mention]) -> dict[Mention, int]:
    """Where kinds right behind product names end: the "zero" of "coke zero", which is no number."""
    ends = ((one, length_of(read_dishes().kinds_behind, words, one.last)) for one in products)
    return {one: one.last + length for one, length in ends if length}


def without_kinds_behind(words: Sequence[str], behind: Mapping[Mention, int]) -> list[str]:
    """The words with these kinds as words that only describe."""
    describing = min(load_vocabulary().descriptions)
    places = {at for one, end in behind.items() for at in range(one.last, end)}
    return [describing if at in places else word for at, word in enumerate(words)]


def _other_kind(words: Sequence[str], line: OrderLine, end: int | None) -> Span | None:
    begin = _first_of_kind(words, line.product)
    if begin is None and end is None:
        return None
    first = line.product.first if begin is None else begin
    return (first, end or line.product.last)


def _first_of_kind(words: Sequence[str], product: Mention) -> int | None:
    """The first word of the kinds right before a name: "lemon ginger tea", "nimbu wali chai"."""
    end = product.first
    if end and words[end - 1] in _OF:
        end -= 1
    first = None
    for at in range(end - 1, max(-1, end - 1 - _LONGEST_KIND), -1):
        length = length_of(read_dishes().kinds, words, at)
        if length and at + length == (end if first is None else first):
            first = at
        elif not (length or words[at] in load_vocabulary().descriptions):
            break
    return first
