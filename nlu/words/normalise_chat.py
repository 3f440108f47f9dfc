"""Normalises chat for the classifier: expands abbreviations, writes Hindi in Latin or English.

The words are in nlu/words/*/normalise_chat.yml. Only the intent classifier sees the result.
"""

import re
from functools import cache
from typing import Any, NamedTuple

from nlu.words import FOLDER
from nlu.words.transliterate import to_latin
from shop.language.word_files import read_entries

_WORD = re.compile(r"[^\s,;:!?()\[\]\"“”\u0964]+")
_DRAWL = re.compile(r"([^\W\d])\1{2,}")
_QUOTES = str.maketrans("’‘`", "'''")


class Words(NamedTuple):
    """The replacement of each word, by kind of word, and the common words."""

    as_typed: dict[str, str]
    chat: dict[str, str]
    hindi: dict[str, str]
    common: tuple[str, ...]


def normalise_text(text: str) -> str:
    """The text in lower case and Latin letters, with abbreviations spelled out."""
    words = _words()
    text = _replace(text.lower().translate(_QUOTES), words.as_typed)
    return _replace(_DRAWL.sub(r"\1", to_latin(text)), words.chat)


def translate_hindi(mended: str) -> str:
    """A normalised text with its Hindi words in English, word by word."""
    return _replace(mended, _words().hindi)


def every_form() -> frozenset[str]:
    """All words that are replaced here."""
    return frozenset(form for group in _words() for form in group)


def common_words() -> tuple[str, ...]:
    """The words to which typos are corrected."""
    return _words().common


def _replace(text: str, words: dict[str, str]) -> str:
    return _WORD.sub(lambda word: words.get(word[0], word[0]), text)


@cache
def _words() -> Words:
    entries: dict[str, Any] = {**read_entries("normalise_chat", FOLDER)}
    common = tuple(entries.pop("common").split())
    by_form = {
        name: {form: word for word, forms in group.items() for form in forms.split()}
        for name, group in entries.items()
    }
    as_typed = by_form["pictures"] | by_form["devanagari"]
    return Words(as_typed, by_form["chat"], by_form["hindi"], common)
