"""Finds the subjects of notes: of two notes on the same subject the newer one counts.

The words are compared with stored notes, not with a message. Which note is replaced depends on the
cart, so it is decided here and not where messages are read (nlu/said).
"""

import re
from functools import cache

from shop.language.word_files import read_words

# `\w` lacks the vowel signs of Devanagari.
_WORD = re.compile(r"(?:\w|[\u0900-\u0963'])+")


def aspects_of(note: str) -> frozenset[str]:
    """The subjects of a note: `warmth` in "hot", `sweetness` and `milk` in "no sugar or milk"."""
    known = _aspect_of()
    return frozenset(known[word] for word in _WORD.findall(note.casefold()) if word in known)


@cache
def _aspect_of() -> dict[str, str]:
    listed = read_words("note_aspects").items()
    return {word: aspect for aspect, words in listed for word in words}
