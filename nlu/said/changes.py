"""Finds words that change a cart, around products and in the whole message: `no coffee, 2 teas
instead`. shop/carts/change_phrases.py decides what they change."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from nlu.said.amounts import find_amounts_beside
from nlu.words import FOLDER
from shop.language.signs import Sign, SignName
from shop.language.word_files import read_patterns

# The patterns of each language: nlu/words/*/cart_changes.yml.
_SAID = read_patterns("cart_changes", FOLDER)
_LOOSE = _SAID["loose"]
_CLAUSE_ENDS = _SAID["clause_ends"]
_ADDED, _JOINS, _EXCHANGES = _SAID["added"], _SAID["joins"], _SAID["exchanges"]

_WHOLE: tuple[tuple[SignName, str], ...] = (
    ("instead", "instead"),
    ("only", "only"),
    ("starts_over", "starts_over"),
    ("counts_up", "more"),
    ("counts_down", "less"),
    ("where_or_when", "where_or_when"),
)
# Patterns of words that end right before a product, or begin right behind one.
_BEFORE: tuple[SignName, ...] = ("refused_before", "fewer_before", "one_of", "some_before")
_BEHIND: tuple[SignName, ...] = ("refused_behind", "fewer_behind", "exchanged_for", "into_behind")
# Limits per message: additions, and products among which an exchange is looked for.
_MOST_ADDED, _MOST_EXCHANGED = 100, 6


class Place(NamedTuple):
    """The start and end of a product in the text, with its number."""

    start: int
    end: int


def find_changes(text: str, places: Sequence[Place]) -> Iterator[Sign]:
    """The signs of a change; `places` of the products in text order."""
    for name, entry in _WHOLE:
        if found := _SAID[entry].search(text):
            yield Sign(name, *found.span())
    if found := _LOOSE.match(text):
        yield Sign("loose_number", 0, found.end(1), int(found[1]))
    if not places:
        return
    for count, found in enumerate(_ADDED.finditer(text)):
        if count < _MOST_ADDED:
            yield Sign("added", *found.span())
    since = 0
    for at, place in enumerate(places):
        until = places[at + 1].start if at + 1 < len(places) else len(text)
        yield from _around(text, since, place, until)
        yield from find_amounts_beside(text, since, *place, until)
        if len(places) <= _MOST_EXCHANGED and _EXCHANGES.search(text[: place.start]):
            yield Sign("exchanges", 0, place.start)
        since = max(since, place.end)


def _around(text: str, since: int, place: Place, until: int) -> Iterator[Sign]:
    """The signs right before and right behind a product.

    Words before it begin at `since`, words behind it end at `until`."""
    before, behind = text[since : place.start], text[place.end : until]
    for name in _BEFORE:
        is_number = name == "refused_before" and text[place.start : place.start + 1].isdecimal()
        if is_number and _SAID["no_number"].search(before):
            continue  # "no 3 teas" corrects the number
        if found := _SAID[name].search(before):
            yield Sign(name, since + found.start(), place.start)
    for name in _BEHIND:
        if found := _SAID[name].match(behind):
            yield Sign(name, place.end, place.end + found.end())
    is_the = _SAID["ends_with_the"].search(before)
    kind = _SAID["kind_behind_the" if is_the else "kind_behind"].match(behind)
    if kind := kind or _SAID["kind_behind"].match(behind):
        yield Sign("of_kind", place.end, place.end + kind.end())
    if clause := _CLAUSE_ENDS.search(text, place.end):
        yield Sign("clause", place.end, clause.start())
    if since < place.start and _JOINS.match(before):
        yield Sign("joins", since, place.start)
