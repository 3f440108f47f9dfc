"""The languages that the shop speaks, and recognising the one of a text (languages.yml)."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

FILE = Path(__file__).with_name("languages.yml")

# The language for unknown customers: that of responses without a condition.
DEFAULT = "en"

# Fewer words may be borrowed from another language; typical loan words ("please help karo") count
# less.
ENOUGH_WORDS = 2
ENOUGH_BORROWED = 3

# `\w` lacks the vowel signs of Devanagari.
_WORD = re.compile(r"(?:\w|[\u0900-\u0963'])+")


@dataclass(frozen=True)
class Language:
    """How a language is recognised, and the words that ask for it (languages.yml)."""

    names: frozenset[str]
    words: frozenset[str]
    borrowed: frozenset[str]
    refusals: frozenset[str]
    letters: re.Pattern[str] | None
    person: list[str]
    name: str


def name_of_language(code: str) -> str:
    """The name of a language: `hi` → `Hindi`; an unknown code is returned as it is."""
    language = served_languages().get(code)
    return language.name if language else code


def names_of_languages() -> dict[str, str]:
    """The names of the languages by code; the default is the first."""
    return {code: language.name for code, language in served_languages().items()}


def written_in(text: str) -> str | None:
    """The code of the language that a text is clearly written in.

    None if it is not clear: a name, a number, or Hindi in Latin letters.
    """
    for code, language in served_languages().items():
        if language.letters and language.letters.search(text):
            return code
    found = _split_words(text)
    written = {code: found & language.words for code, language in served_languages().items()}
    spoken = [code for code, words in written.items() if words]
    if len(spoken) != 1 or served_languages()[spoken[0]].letters:
        return None
    words, borrowed = written[spoken[0]], served_languages()[spoken[0]].borrowed
    enough = ENOUGH_BORROWED if words <= borrowed else ENOUGH_WORDS
    return spoken[0] if len(words) >= enough else None


def named_in(text: str) -> str | None:
    """The code of the language named in a text: `can we talk in hindi` → `hi`.

    None for `I know no Hindi`, which does not name the wanted language.
    """
    found = _split_words(text)
    named = [code for code, language in served_languages().items() if found & language.names]
    refused = any(found & language.refusals for language in served_languages().values())
    return named[0] if len(named) == 1 and not refused else None


@cache
def served_languages() -> dict[str, Language]:
    """The languages by code; the default is the first."""
    entries: dict[str, Any] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return {code: _language(entry) for code, entry in entries.items()}


def _language(entry: dict[str, Any]) -> Language:
    letters = entry.get("letters")
    return Language(
        names=frozenset(map(_folded, entry["names"])),
        words=frozenset(entry["words"].split()),
        borrowed=frozenset(entry.get("borrowed", "").split()),
        refusals=frozenset(map(_folded, entry["refusals"])),
        letters=re.compile(f"[{letters}]") if letters else None,
        person=entry["person"],
        name=entry["names"][0].title(),
    )


def _split_words(text: str) -> set[str]:
    return set(_WORD.findall(_folded(text).replace("’", "'")))


def _folded(text: str) -> str:
    """The text in lower case and in one Unicode form (ज़ has two encodings)."""
    return unicodedata.normalize("NFC", text).casefold()
