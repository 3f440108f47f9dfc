"""Patterns of what customers say beside products, by name (nlu/words/*/phrases.yml)."""

import re
from functools import cache, lru_cache

from nlu.words import FOLDER
from shop.language.keyword_forms import normalise_keyword
from shop.language.word_files import read_filled, read_ways

# Cached, since many phrases are looked for in the same sentence.
_normalised = lru_cache(maxsize=16)(normalise_keyword)
# A longer message is more than one phrase.
_LONGEST = 200


def find_phrase(name: str, text: str) -> re.Match[str] | None:
    """The first match of a phrase in a text; a group of it is the number."""
    words = _normalised(text[:_LONGEST])
    return _patterns()[name].search(words)


def is_phrase(name: str, text: str) -> bool:
    """Whether a text is this phrase and nothing else."""
    words = _normalised(text)
    return len(words) <= _LONGEST and bool(_patterns()[name].fullmatch(words))


def number_in(found: re.Match[str]) -> int:
    """The number in a match of `find_phrase`; 1 if there is none."""
    word = next((each for each in found.groups() if each), "")
    return int(word) if word.isdecimal() else _numbers().get(word, 1)


@cache
def _numbers() -> dict[str, int]:
    listed = read_ways("few_numbers", FOLDER).items()
    return {word: int(value) for value, words in listed for word in words}


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    number = rf"(\d{{1,3}}|{'|'.join(sorted(_numbers(), key=len, reverse=True))})"
    return {
        name: re.compile("|".join(_whole(way.replace("<n>", number)) for way in ways), re.I)
        for name, ways in read_filled("phrases", FOLDER).items()
    }


def _whole(way: str) -> str:
    """A pattern that matches only whole words; `\\w` lacks the vowel signs of Hindi."""
    return rf"(?<![\w\u0900-\u0963])(?:{way})(?![\w\u0900-\u0963])"
