"""Finds changes relative to the quantity in the cart: "add 2", "one less", "double it"."""

from collections.abc import Iterator

from nlu.words.phrases import find_phrase, is_phrase, number_in
from shop.language.courtesies import without_courtesies
from shop.language.keyword_forms import normalise_keyword
from shop.language.signs import Sign, SignName

_COUNTS: tuple[SignName, ...] = ("fewer", "more")
_MULTIPLIES: tuple[SignName, ...] = ("twice", "half")
_BEHIND: tuple[tuple[SignName, str], ...] = (
    ("takes_behind", "fewer_behind"),
    ("adds_behind", "more_behind"),
)
_TIMES_BEFORE: tuple[tuple[SignName, str], ...] = (
    ("twice_of", "twice_before"),
    ("half_of", "half_before"),
)
_TIMES_BEHIND: tuple[tuple[SignName, str], ...] = (
    ("twice_of", "twice_behind"),
    ("half_of", "half_behind"),
)


def find_amounts(text: str) -> Iterator[Sign]:
    """The signs of a whole message that changes the quantity: "double it", "2 more"."""
    words = without_courtesies(normalise_keyword(text))
    yield from (Sign(name, 0, len(text)) for name in _MULTIPLIES if is_phrase(name, words))
    for name in _COUNTS:
        if found := find_phrase(name, text):
            yield Sign(name, 0, len(text), number_in(found))


def find_amounts_beside(text: str, since: int, start: int, end: int, until: int) -> Iterator[Sign]:
    """The signs right before and right behind a product that change its quantity: `do aur samosa`.

    The product stands at `start` to `end`; its words before begin at `since`, those behind end at
    `until`."""
    before = text[since:start]
    found = find_phrase("more_before", before)
    if found and found.end() == len(found.string):
        yield Sign("adds_before", since, start, number_in(found))
    behind = text[end:until]
    for name, phrase in _TIMES_BEFORE:
        if (found := find_phrase(phrase, before)) and found.end() == len(found.string):
            yield Sign(name, since, start)
    for name, phrase in _TIMES_BEHIND:
        if (found := find_phrase(phrase, behind)) and found.start() == 0:
            yield Sign(name, end, end + len(behind))
    for name, phrase in _BEHIND:
        if (found := find_phrase(phrase, behind)) and found.start() == 0:
            yield Sign(name, end, end + len(behind), number_in(found))
