"""Removes polite words around a request: `Stop, thanks` becomes `stop`."""

import re

from shop.language.word_files import read_patterns, read_words

_THANKS = read_patterns("courtesies")["thanks"]
_WORD = re.compile(r"[^\W_](?:[\w'\u0900-\u0963\u200d-]*)")
# Only words that decide nothing: "yes" and "no" are not in the list.
_COURTESIES = read_words("courtesies")["courtesies"]


def without_courtesies(text: str) -> str:
    """The words without punctuation and polite words."""
    return " ".join(
        word for word in _WORD.findall(_THANKS.sub(" ", text)) if word not in _COURTESIES
    )
