"""Reduces rows of blanks and new lines to a single one."""

import re
from collections.abc import Sequence

_BLANKS_OR_WORDS = re.compile(r"\s+|\S+")


def squeeze_blanks(text: str, before: Sequence[int]) -> tuple[str, list[int]]:
    """The text with single blanks and new lines, and for each character its place in `before`."""
    letters: list[str] = []
    places: list[int] = []
    for blanks in _BLANKS_OR_WORDS.finditer(text):
        word = blanks[0]
        if word.isspace():
            word = "\n" if "\n" in word else " "
        letters.append(word)
        places += before[blanks.start() : blanks.start() + len(word)]
    return "".join(letters), places
