"""Slips of the thumb in words of the shop's conversations, for the classifier's eyes only."""

import re
from functools import cache, lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from nlu.first_aid import common_words, gloss, mend
from nlu.ordinary_words import is_ordinary
from nlu.spelling import skeleton

_WORD = re.compile(r"[a-z]+")
_SHORTEST_WITHOUT_VOWELS = 3
_SHORTEST, _LONGEST = 5, 24
_LONG = 8  # from here on two slips are forgiven
_REMEMBERED = 4096


def plain(text: str) -> str:
    """The text mended, with misspelled common words corrected."""
    return _WORD.sub(_in_place, mend(text))


def english(text: str) -> str:
    """The same with its Hindi words in English: what the sentence model reads."""
    return gloss(plain(text))


def _in_place(found: re.Match[str]) -> str:
    word = found[0]
    return word if len(word) > _LONGEST else _corrected(word)


@lru_cache(_REMEMBERED)
def _corrected(word: str) -> str:
    if is_ordinary(word):
        return word
    if len(word) >= _SHORTEST_WITHOUT_VOWELS and word == skeleton(word):
        return _by_skeleton().get(word, word)
    if len(word) < _SHORTEST:
        return word
    bound = 1 + (len(word) >= _LONG)
    near = process.extract(word, common_words(), scorer=OSA.distance, score_cutoff=bound, limit=1)
    return str(near[0][0]) if near and near[0][0][0] == word[0] else word


@cache
def _by_skeleton() -> dict[str, str]:
    """Words as they look without vowels; of two that look the same, the first."""
    return {skeleton(word): word for word in reversed(common_words())}
