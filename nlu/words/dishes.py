"""Dishes and things in general (nlu/words/*/dishes.yml), whether or not the shop sells them."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from nlu.words import FOLDER
from nlu.words.tokens import fold_word
from shop.language.word_files import read_entries

Phrases = frozenset[tuple[str, ...]]


@dataclass(frozen=True)
class Dishes:
    """Each field is the entry of the same name in dishes.yml, as rows of folded words."""

    dishes: Phrases
    kinds: Phrases
    kinds_behind: Phrases
    no_dishes: Phrases
    own_kinds: Phrases


@cache
def read_dishes() -> Dishes:
    """Reads dishes.yml of all languages once per process."""
    entries: dict[str, str] = read_entries("dishes", FOLDER)
    return Dishes(**{name: _read_phrases(words) for name, words in entries.items()})


def length_of(phrases: Phrases, words: Sequence[str], at: int) -> int:
    """The number of words of the longest phrase that begins at a word; 0 if none does."""
    for length in range(_longest(phrases), 0, -1):
        row = tuple(words[at : at + length])
        if len(row) == length and not phrases.isdisjoint(
            {row, _singular(row, "s"), _singular(row, "es")}
        ):
            return length
    return 0


def _singular(row: tuple[str, ...], ending: str) -> tuple[str, ...]:
    return (*row[:-1], row[-1].removesuffix(ending))


@cache
def _longest(phrases: Phrases) -> int:
    return max(map(len, phrases), default=0)


def _read_phrases(words: str) -> Phrases:
    return frozenset(tuple(fold_word(part) for part in word.split("_")) for word in words.split())
