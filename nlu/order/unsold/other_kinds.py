"""Finds words that turn a product name into another product: the "green" of "green tea"."""

from collections.abc import Container, Mapping, Sequence

from nlu.catalogue.name_finder import Mention
from nlu.catalogue.option_words import every_size_word
from nlu.catalogue.pack_sizes import SaidSize
from nlu.order.order import OrderLine
from nlu.words.dishes import length_of, read_dishes
from nlu.words.ordinary_words import is_ordinary
from nlu.words.small_words import word_set
from nlu.words.vocabulary import every_word, load_vocabulary

_LONGEST_KIND, _SHORTEST_BRAND = 3, 4
_PARTS = word_set("parts")
_OF = word_set("makes_kind")

Span = tuple[int, int]


def find_other_kinds(
    words: Sequence[str],
    lines: Sequence[OrderLine],
    behind: Mapping[Mention, int],
    bottles: Mapping[int, SaidSize],
    known: Container[str],
) -> list[Span | None]:
    """For each line, the span from the first word of another kind to the end of the product's name
    last (exclusive) of the name and of the kinds `behind` it; None where it is not. What is a
    product's own name never is.

    bottles: volumes that the product is not sold in, by its first word; known: words that are no
    brands of other shops."""
    kinds = [_other_kind(words, line, behind.get(line.product), known) for line in lines]
    return [
        _with_bottle(line.product, bottles.get(line.product.first)) or kind
        for line, kind in zip(lines, kinds, strict=True)
    ]


def _with_bottle(product: Mention, bottle: SaidSize | None) -> Span | None:
    """A product with a volume that it is not sold in: "coke 2 litre"."""
    if bottle is None:
        return None
    return min(product.first, bottle.first), max(product.last, bottle.last)


def find_kinds_behind(words: Sequence[str], products: Sequence[Mention]) -> dict[Mention, int]:
    """Where kinds right behind product names end: the "zero" of "coke zero", which is no number."""
    ends = ((one, length_of(read_dishes().kinds_behind, words, one.last)) for one in products)
    return {one: one.last + length for one, length in ends if length}


def without_kinds_behind(words: Sequence[str], behind: Mapping[Mention, int]) -> list[str]:
    """The words with these kinds as words that only describe."""
    describing = min(load_vocabulary().descriptions)
    places = {at for one, end in behind.items() for at in range(one.last, end)}
    return [describing if at in places else word for at, word in enumerate(words)]


def _other_kind(
    words: Sequence[str], line: OrderLine, end: int | None, known: Container[str]
) -> Span | None:
    begin = _first_of_kind(words, line.product)
    if begin is None:
        begin = _brand_before(words, line, known)
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
    own = read_dishes().own_kinds
    for at in range(end - 1, max(-1, end - 1 - _LONGEST_KIND), -1):
        if length_of(own, words, at) > end - at:
            break
        length = length_of(read_dishes().kinds, words, at)
        if length and at + length == (end if first is None else first):
            first = at
        elif not (length or words[at] in load_vocabulary().descriptions):
            break
    return first


def _brand_before(words: Sequence[str], line: OrderLine, known: Container[str]) -> int | None:
    """The place of another maker's name right before a general one: the "moov" of "2 moov spray".

    Only a word of no dictionary behind a number or at the start of an item counts."""
    at = line.product.first - 1
    if at < 0 or line.product.last - line.product.first > 1:
        return None
    word = words[at]
    is_name = word.isascii() and word.isalpha() and len(word) >= _SHORTEST_BRAND
    if (
        not is_name
        or word in known
        or word in every_size_word()
        or word in every_word()
        or is_ordinary(word)
    ):
        return None
    if not is_ordinary(words[line.product.first]):
        return None  # a product's own name of no dictionary needs no maker
    if line.quantity is None:
        return None
    is_start = at == 0 or words[at - 1] in _PARTS or line.quantity.last == at
    return at if is_start else None
