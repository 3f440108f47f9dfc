"""Words of courtesy around what somebody wants: `Stop, thanks` says `stop`."""

import re

from shop.language.word_files import read_patterns, read_words

_THANKS = read_patterns("courtesies")["thanks"]
_WORD = re.compile(r"[^\W_](?:[\w'\u0900-\u0963\u200d-]*)")
# Only words that decide nothing: "yes" and "no" are not in the list.
_COURTESIES = read_words("courtesies")["courtesies"]


def without_courtesies(text: str) -> str:
    """The words without signs, and without those of courtesy at both ends and between."""
    return " ".join(
        word for word in _WORD.findall(_THANKS.sub(" ", text)) if word not in _COURTESIES
    )
