"""Finds which of several offered things a short answer means: "the second one", "sasta wala"."""

import re
from collections.abc import Iterator
from functools import cache

from nlu.words import FOLDER
from shop.language.courtesies import without_courtesies
from shop.language.keyword_forms import normalise_keyword
from shop.language.signs import Sign
from shop.language.word_files import read_entries, read_words

# A longer message says something of its own.
_MOST_WORDS = 6
_WORD = re.compile(r"[^\W_](?:[\w'\u0900-\u0963\u200d-]*)")


def find_choices(text: str) -> Iterator[Sign]:
    """What a message says of a thing among several; nothing where it is a long one."""
    words = _WORD.findall(without_courtesies(normalise_keyword(text)))
    told = [word for word in words if word not in _fillers()]
    if not told or len(words) > _MOST_WORDS:
        return
    if len(told) == 1 and (which := _which().get(told[0])):
        yield Sign("chooses", 0, len(text), value=which)
    elif not any(word in _which() for word in told):
        yield Sign("names_choice", 0, len(text), value=" ".join(told))


@cache
def _fillers() -> frozenset[str]:
    return frozenset(read_words("choices", FOLDER)["fillers"])


@cache
def _which() -> dict[str, str]:
    """Which one each word means."""
    entries = read_entries("choices", FOLDER)["which"]
    return {word: str(which) for which, words in entries.items() for word in str(words).split()}
