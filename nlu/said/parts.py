"""Reads statements about a part of a line's quantity: "make 1 of them cold"."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from nlu.words import FOLDER
from shop.language.word_files import read_ways

# `\w` lacks the vowel signs of Devanagari.
_WORD = re.compile(r"(?:\w|[\u0900-\u0963'])+")
_PAUSE = re.compile(r"[,.;:!?\n]")
_FARTHEST = 60
_LONGEST_BETWEEN = 4


@dataclass(frozen=True)
class _Words:
    numbers: dict[str, int]
    ways: tuple[re.Pattern[str], ...]
    between: frozenset[str]
    wholes: frozenset[str]
    makes: frozenset[str]
    one: frozenset[str]


def part_said(text: str) -> tuple[int, int, int | None] | None:
    """The start and end of words that say how many pieces the text is about, and that number: 1 for
    `one of them`, None for all of them. None if no words say so."""
    found = (way.search(text) for way in _words().ways)
    return next(((*each.span(), _number(each["n"])) for each in found if each), None)


def is_made(text: str) -> bool:
    """Whether a text asks to make an item in the cart in some way: `make one coffee cold`."""
    return not _words().makes.isdisjoint(_WORD.findall(text.casefold()))


def counted_before(text: str, start: int) -> int | None:
    """The number in front of a note that begins at `start`: `1 cold`."""
    near = text[max(0, start - _FARTHEST) : start].casefold()
    words = _WORD.findall(_PAUSE.split(near)[-1])
    known = _words()
    for at in range(len(words) - 1, max(-1, len(words) - 2 - _LONGEST_BETWEEN), -1):
        number = _number(words[at])
        if number is not None and known.one.isdisjoint(words[at + 1 : at + 2]):
            return None if words[at - 1 : at] and words[at - 1] in known.wholes else number
        if words[at] not in known.between:
            return None
    return None


def _number(word: str) -> int | None:
    return int(word) if word.isdecimal() else _words().numbers.get(word.casefold())


@cache
def _words() -> _Words:
    listed = read_ways("parts", FOLDER)
    numbers = {
        word: int(value) for value, words in listed.items() if value.isdecimal() for word in words
    }
    ways = tuple(_pattern(way, numbers) for way in listed["parts"])
    between, wholes, makes, one = (
        frozenset(listed[name]) for name in ("between", "wholes", "makes", "one")
    )
    return _Words(numbers, ways, between, wholes, makes, one)


def _pattern(way: str, numbers: Iterable[str]) -> re.Pattern[str]:
    number = rf"(?P<n>\d{{1,3}}|{'|'.join(numbers)})"
    words = {"<n>": number, "<word>": r"(?:\w|[\u0900-\u0963])+"}
    row = r"\s+".join(words.get(word, re.escape(word)) for word in way.split())
    return re.compile(rf"(?<!\w){row}(?!\w)", re.I)
