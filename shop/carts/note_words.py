"""The words of notes (note_words.yml): what they speak of, and which of them are refused."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

FILE = Path(__file__).with_name("note_words.yml")

# `\w` lacks the vowel signs of Devanagari.
_WORD = re.compile(r"(?:\w|[\u0900-\u0963'])+")
_NEAR = 40


@dataclass(frozen=True)
class _Words:
    aspect_of: dict[str, str]
    notes: re.Pattern[str]
    refused_before: re.Pattern[str]
    refused_behind: re.Pattern[str]


def aspects_of(note: str) -> frozenset[str]:
    """What a note speaks of: `warmth` in "hot", `sweetness` and `milk` in "no sugar or milk"."""
    known = _words().aspect_of
    return frozenset(known[word] for word in _WORD.findall(note.casefold()) if word in known)


def more_notes() -> re.Pattern[str]:
    """Finds notes that name a part and how it is wanted: "with sugar"."""
    return _words().notes


def is_refused(before: str, behind: str) -> bool:
    """Whether the words around a note say that it is not wanted: "not", "change ... to"."""
    words = _words()
    return bool(
        words.refused_before.search(before[-_NEAR:]) or words.refused_behind.match(behind[:_NEAR])
    )


@cache
def _words() -> _Words:
    listed: dict[str, Any] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    aspect_of = {
        word: aspect for aspect, words in listed["aspects"].items() for word in words.split()
    }
    part = f"(?:{'|'.join(sorted(map(re.escape, aspect_of), key=len, reverse=True))})"
    ways = "|".join(way.replace("{part}", part) for way in listed["notes"])
    return _Words(
        aspect_of,
        re.compile(rf"(?<!\w)(?:{ways})(?![\w\u0900-\u0963])", re.I),
        re.compile(rf"(?<!\w)(?:{listed['refused_before'].strip()})$", re.I),
        re.compile(listed["refused_behind"].strip(), re.I),
    )
