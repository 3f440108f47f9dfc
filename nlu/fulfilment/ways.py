"""Finds pickup, delivery or dine-in: "delivery please", "le jaunga", "yahin khaunga"."""

from collections.abc import Callable, Container, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from nlu.fulfilment.said_words import Phrases, fill_phrases, read_phrases, split_entry
from nlu.fulfilment.time_words import time_words
from nlu.words import FOLDER
from shop.language.word_files import read_entries

_FILE = "way_words"
_NONE = "none"


class WayFound(NamedTuple):
    """One of "pickup", "delivery", "dine_in", and the words that say so.

    if_timed: they say so only in a message that tells a time and names no place ("I'm coming")."""

    value: str
    first: int
    last: int
    if_timed: bool = False


@dataclass(frozen=True)
class WayWords:
    """Each field is the entry of the same name in way_words.yml, where it is explained."""

    ways: Phrases
    ways_if_timed: Phrases
    instead: Phrases
    not_before: frozenset[str]
    not_after: frozenset[str]
    either: frozenset[str]
    only_at_end: frozenset[str]
    goes_on: frozenset[str]
    needs_more: frozenset[str]
    goes_with: frozenset[str]


@cache
def way_words() -> WayWords:
    """Reads way_words.yml of all languages once per process."""
    entries = read_entries(_FILE, FOLDER)
    lists = (
        "not_before",
        "not_after",
        "either",
        "only_at_end",
        "goes_on",
        "needs_more",
        "goes_with",
    )
    return WayWords(
        fill_phrases(entries["ways"], entries),
        fill_phrases(entries["ways_if_timed"], entries),
        read_phrases(entries["instead"]),
        *(split_entry(entries[name]) for name in lists),
    )


def find_ways(
    words: Sequence[str],
    taken: Container[int] = (),
    ordered: Callable[[], Container[int]] = tuple,
) -> list[WayFound]:
    """The chosen ways from left to right; the last one counts ("not delivery, pickup").

    ordered: returns the places of ordered products; called only if it is needed.
    """
    known = way_words()
    sure = list(_find(words, known.ways, taken, known, ordered))
    held = {at for way in sure for at in range(way.first, way.last)}
    chosen = [way for way in sure if way.value != _NONE]
    for way in _find(words, known.ways_if_timed, taken, known, ordered):
        if held.isdisjoint(range(way.first, way.last)):
            chosen.append(way._replace(if_timed=True))
    chosen.sort(key=lambda way: way.first)
    return [] if _leaves_open(words, chosen, known) else chosen


def _find(
    words: Sequence[str],
    phrases: Phrases,
    taken: Container[int],
    known: WayWords,
    ordered: Callable[[], Container[int]],
) -> Iterator[WayFound]:
    """The ways that these phrases choose, and those that choose none, from left to right."""
    at = 0
    while at < len(words):
        phrase = phrases.find(words, at)
        if phrase and any(place in taken for place in range(at, phrase[0])):
            phrase = None
        if phrase and (phrase[1] == _NONE or _is_chosen(words, at, phrase[0], known, ordered)):
            yield WayFound(phrase[1], at, phrase[0])
        at = phrase[0] if phrase else at + 1


def settled_ways(ways: Sequence[WayFound], *, is_timed: bool, is_placed: bool) -> list[WayFound]:
    """The ways that count in a message that tells a time, or names a place or a table."""
    sure = [way for way in ways if not way.if_timed]
    return [*ways] if is_timed and not (sure or is_placed) else sure


def _leaves_open(words: Sequence[str], found: Sequence[WayFound], known: WayWords) -> bool:
    """Whether the message asks which one: "delivery or pickup?"."""
    return any(
        one.value != other.value and not known.either.isdisjoint(words[one.last : other.first])
        for one, other in pairwise(found)
    )


def _is_chosen(
    words: Sequence[str],
    first: int,
    last: int,
    known: WayWords,
    ordered: Callable[[], Container[int]],
) -> bool:
    before = words[first - 1] if first else ""
    behind = words[last] if last < len(words) else ""
    if before in known.not_before or before.endswith("'s") or behind in known.not_after:
        return False
    if words[last - 1] in time_words().at and behind[:1].isdecimal():  # "I'll come by 6"
        return False
    ends = not behind or not behind[0].isalpha() or behind in known.goes_on
    if words[last - 1] in known.only_at_end and not ends:
        return False
    if words[last - 1] in known.needs_more and last - first == 1 and behind not in known.goes_with:
        # "2 teas delivered" is an order, "2 teas delivered cold" and "it says delivered" are none.
        is_order = ends and first > 0 and first - 1 in ordered()
        if not is_order:
            return False
    return not any(known.instead.find(words, at) for at in range(max(0, first - 3), first))
