"""Finds product names in a sequence of words; the time does not depend on the number of names."""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from nlu.catalogue.product_names import Name, Phrase
from nlu.words.tokens import Token


class Mention(NamedTuple):
    """A product named by the tokens `first` to `last` (exclusive).

    weak: counts only with a number before it, such as "two margheritas" for Margherita Pizza.
    """

    first: int
    last: int
    sku: str
    weak: bool


class NameFinder:
    """An immutable index of names by their words, safe for many threads."""

    def __init__(self, names: Mapping[Phrase, Name]) -> None:
        self._names = names
        self._longest: dict[str, int] = {}
        for phrase in names:
            if len(phrase) > self._longest.get(phrase[0], 0):
                self._longest[phrase[0]] = len(phrase)

    def find(self, words: Sequence[str]) -> Iterator[Mention]:
        """Every sequence of words that is a name, overlapping ones included."""
        for first, word in enumerate(words):
            most = min(self._longest.get(word, 0), len(words) - first)
            for last in range(first + 1, first + most + 1):
                if name := self._names.get(tuple(words[first:last])):
                    yield Mention(first, last, name.sku, name.weak)


def overlap(one: Mention, other: Mention) -> bool:
    """Whether two mentions share a word."""
    return one.first < other.last and other.first < one.last


def longest_first(mentions: Iterable[Mention]) -> list[Mention]:
    """The longest mentions without overlaps, in text order; of equal length the earlier wins."""
    taken: set[int] = set()
    kept: list[Mention] = []
    for each in sorted(mentions, key=lambda one: (one.first - one.last, one.first)):
        if each.first not in taken and each.last - 1 not in taken:
            taken.update(range(each.first, each.last))
            kept.append(each)
    return sorted(kept)


def repeats_name(tokens: Sequence[Token], mention: Mention, ends: Container[int]) -> bool:
    """Whether an emoji only repeats the name before it: "chai ☕ x 4"."""
    if mention.first not in ends:
        return False
    named = tokens[mention.first : mention.last]
    return not any(sign.isalnum() for token in named for sign in token.text)
