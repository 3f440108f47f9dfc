"""Splits a message into words for the readers of addresses and times, and finds phrases."""

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, islice, product
from typing import Any, NamedTuple

from nlu.words.tokens import fold_word

_LETTER = r"[\w\u0900-\u0963]"
# "8-2-293/82", "H.No", "5:30", "o'clock" and "#23" are one word each; other signs stand alone.
_WORD = re.compile(rf"#?{_LETTER}+(?:[/\-.:'\u2019]{_LETTER}+)*|[^\w\s]|\n")
_FORM = re.compile(r"\{([a-z_]+)\}")
_LONGEST_WORD = 40
# Words beyond this are not read: nobody needs so many to say where and when.
_MOST_WORDS = 400

# Between two parts of a sentence.
COMMAS = {",", "-", "\n", "(", ";"}

Phrase = tuple[str, ...]
Span = tuple[int, int]


class Said(NamedTuple):
    """A word or sign, folded for comparison, with its start and end in the text."""

    word: str
    start: int
    end: int

    @property
    def speaks(self) -> bool:
        """Whether it is a word or number, and not only punctuation."""
        return any(letter.isalnum() for letter in self.word)


def split_said(text: str) -> list[Said]:
    """The words and signs of a text."""
    found = islice(_WORD.finditer(text), _MOST_WORDS)
    return [Said(_fold(m[0]), m.start(), m.end()) for m in found]


def _fold(word: str) -> str:
    return fold_word(word[:_LONGEST_WORD]).replace("\u2019", "'") or word  # never empty


class Phrases:
    """Phrases, each with its value; the longest one is found first."""

    def __init__(self, values: Mapping[Phrase, Any]) -> None:
        self._values = dict(values)
        self._lengths: dict[str, list[int]] = {}
        for first, length in sorted({(phrase[0], -len(phrase)) for phrase in values}):
            self._lengths.setdefault(first, []).append(-length)

    @property
    def first_words(self) -> frozenset[str]:
        """The first word of each phrase."""
        return frozenset(self._lengths)

    def find(self, words: Sequence[str], at: int) -> tuple[int, Any] | None:
        """The end (exclusive) and the value of the phrase that begins at a word."""
        for length in self._lengths.get(words[at], ()) if at < len(words) else ():
            phrase = tuple(words[at : at + length])
            if phrase in self._values:
                return at + len(phrase), self._values[phrase]
        return None


def read_phrases(entry: Mapping[Any, Iterable[str]] | Iterable[str]) -> Phrases:
    """Phrases from an entry of a file: {value: [phrases]}, or a list, whose phrases mean True."""
    by_value = entry if isinstance(entry, Mapping) else {True: entry}
    return Phrases({fold_phrase(each): value for value, row in by_value.items() for each in row})


def fill_phrases(rows: Mapping[str, Iterable[str]], forms: Mapping[str, Iterable[str]]) -> Phrases:
    """Phrases by their value, with each {name} in them replaced by every form of that name."""
    folded: dict[str, list[Phrase]] = {}
    values: dict[Phrase, str] = {}
    for value, row in rows.items():
        for written in row:
            parts = _FORM.split(written)  # plain text and names of forms in turn
            for name in parts[1::2]:
                folded.setdefault(name, [fold_phrase(each) for each in forms[name]])
            ways = [
                folded[part] if at % 2 else [fold_phrase(part)] for at, part in enumerate(parts)
            ]
            values |= {tuple(chain(*each)): value for each in product(*ways)}
    return Phrases(values)


def split_entry(entry: str) -> frozenset[str]:
    """Words from a file's entry, separated by blanks."""
    return frozenset(_fold(word) for word in entry.split())


def fold_phrase(phrase: str) -> Phrase:
    """The words of a phrase as they are compared."""
    return tuple(said.word for said in split_said(str(phrase)))
