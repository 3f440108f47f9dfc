"""Finds names in a row of words, in time that grows with the row and not with the names."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from nlu.catalogue.product_names import Name, Phrase


class Mention(NamedTuple):
    """A product in a row of tokens, `first` to `last` (exclusive).

    A `weak` one ("two margheritas" for Margherita Pizza) counts only with a number before it.
    """

    first: int
    last: int
    sku: str
    weak: bool


class NameFinder:
    """Knows names by their words; it is never changed, so that any number of threads may ask."""

    def __init__(self, names: Mapping[Phrase, Name]) -> None:
        self._names = names
        self._longest: dict[str, int] = {}
        for phrase in names:
            if len(phrase) > self._longest.get(phrase[0], 0):
                self._longest[phrase[0]] = len(phrase)

    def find(self, words: Sequence[str]) -> Iterator[Mention]:
        """Every row of words that is a name, also those that overlap."""
        for first, word in enumerate(words):
            most = min(self._longest.get(word, 0), len(words) - first)
            for last in range(first + 1, first + most + 1):
                if name := self._names.get(tuple(words[first:last])):
                    yield Mention(first, last, name.sku, name.weak)


def longest_first(mentions: Iterable[Mention]) -> list[Mention]:
    """Those that overlap no longer one, nor an earlier one of their length, in the text's order."""
    taken: set[int] = set()
    kept: list[Mention] = []
    for each in sorted(mentions, key=lambda one: (one.first - one.last, one.first)):
        if each.first not in taken and each.last - 1 not in taken:
            taken.update(range(each.first, each.last))
            kept.append(each)
    return sorted(kept)
