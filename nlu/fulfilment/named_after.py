"""Tells ordered products from places named after a product: "Coffee Board Layout"."""

from collections.abc import Mapping, Sequence

from nlu.fulfilment.places.address_signs import is_number, names_way
from nlu.fulfilment.places.address_words import AddressWords
from nlu.words.vocabulary import load_vocabulary

_REACH = 3
_TIMES = {"x", "*", "-", ":", "="}
_LIKE_A_QUANTITY = 2  # digits

Span = tuple[int, int]


def ordered_places(
    words: Sequence[str],
    products: Sequence[Span],
    leads: Mapping[int, object],
    known: AddressWords,
) -> set[int]:
    """The places of words that order something: products and the numbers beside them.

    leads: the ends of words that announce an address ("deliver to").
    """
    ordered: set[int] = set()
    for first, last in products:
        counted = first > 0 and _counts(words[first - 1])
        led = first - counted in leads
        if (led or not counted) and _names_a_place(words, first, last, known):
            continue
        ordered.update(range(first - counted, last))
        behind = last
        while behind < len(words) and words[behind] in _TIMES:
            behind += 1
        if behind < len(words) and _is_quantity(words, behind, known):
            ordered.add(behind)
    return ordered


def _counts(word: str) -> bool:
    known = load_vocabulary()
    return word.isdecimal() or word in known.numbers or word in known.only_before_a_product


def _names_a_place(words: Sequence[str], first: int, last: int, known: AddressWords) -> bool:
    before = words[first - 1] if first else ""
    if known.near.find([before, ""], 0) or (
        first > 1 and known.near.find(words[first - 2 : first], 0)
    ):
        return True
    if last - first == 1 and known.is_of_a_place(words[first]) and names_way(words, first, known):
        return True
    for at in range(last, min(last + _REACH, len(words))):
        word = words[at]
        if not word[0].isalpha() or word in known.units_only:
            return False
        if word in known.ways_strong:
            return True
        if word in known.stops or word in known.ways_weak:
            return False
    return False


def _is_quantity(words: Sequence[str], at: int, known: AddressWords) -> bool:
    """Whether a number is the quantity of the product before it: "tea 6", then "flat 9"."""
    if not (words[at].isdecimal() and len(words[at]) <= _LIKE_A_QUANTITY):
        return False
    behind = words[at + 1] if at + 1 < len(words) else ""
    return (
        not behind or not behind[0].isalnum() or behind in known.units_strong or is_number(behind)
    )
