"""Removes words of courtesy from a text: `Stop, thanks` → `stop`."""

import re

from shop.language.word_files import read_patterns, read_words

_THANKS = read_patterns("courtesies")["thanks"]
_WORD = re.compile(r"[^\W_](?:[\w'\u0900-\u0963\u200d-]*)")
# Only words that decide nothing: "yes" and "no" are not in the list.
_COURTESIES = read_words("courtesies")["courtesies"]


def without_courtesies(text: str) -> str:
    """The text's words without punctuation and without words of courtesy."""
    return " ".join(
        word for word in _WORD.findall(_THANKS.sub(" ", text)) if word not in _COURTESIES
    )
