"""What customers say beside ordering, as patterns by name (phrases.yml)."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from shop.language.keyword_forms import normalise_keyword

FILE = Path(__file__).with_name("phrases.yml")

# Longer messages say more than one of these.
_LONGEST = 200


@dataclass(frozen=True)
class _Phrases:
    numbers: dict[str, int]
    patterns: dict[str, re.Pattern[str]]


def phrase_names() -> list[str]:
    """The names of all phrases."""
    return list(_phrases().patterns)


def find_phrase(name: str, text: str) -> re.Match[str] | None:
    """Where a text says this; its group `n` is the number."""
    words = normalise_keyword(text[:_LONGEST])
    return _phrases().patterns[name].search(words)


def is_phrase(name: str, text: str) -> bool:
    """Whether a text says this and nothing else."""
    words = normalise_keyword(text)
    return len(words) <= _LONGEST and bool(_phrases().patterns[name].fullmatch(words))


def number_in(found: re.Match[str]) -> int:
    """The number in what was found; one where none is said."""
    word = next((each for each in found.groups() if each), "")
    return int(word) if word.isdecimal() else _phrases().numbers.get(word, 1)


@cache
def _phrases() -> _Phrases:
    listed: dict[str, Any] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    numbers = {word: value for value, words in listed["numbers"].items() for word in words.split()}
    number = rf"(\d{{1,3}}|{'|'.join(sorted(numbers, key=len, reverse=True))})"
    return _Phrases(
        numbers,
        {
            name: re.compile(
                "|".join(_whole(way.replace("{n}", number)) for way in ways), re.IGNORECASE
            )
            for name, ways in listed["phrases"].items()
        },
    )


def _whole(way: str) -> str:
    """A pattern that begins and ends with whole words; `\\w` lacks the vowel signs of Hindi."""
    return rf"(?<![\w\u0900-\u0963])(?:{way})(?![\w\u0900-\u0963])"
