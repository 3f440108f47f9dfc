"""Corrects typos in common words, for the classifier only."""

import re
from functools import cache, lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from nlu.words.normalise_chat import common_words, normalise_text, translate_hindi
from nlu.words.ordinary_words import is_ordinary
from nlu.words.spelling import consonant_skeleton

_WORD = re.compile(r"[a-z]+")
_SHORTEST_WITHOUT_VOWELS = 3
_SHORTEST, _LONGEST = 5, 24
_LONG = 8  # words of this length and longer may have two typos
_REMEMBERED = 4096


def correct_typos(text: str) -> str:
    """The normalised text with misspelled common words corrected."""
    return _WORD.sub(_in_place, normalise_text(text))


def english_words(text: str) -> str:
    """The normalised, corrected text with Hindi words in English, for the sentence model."""
    return translate_hindi(correct_typos(text))


def _in_place(found: re.Match[str]) -> str:
    word = found[0]
    return word if len(word) > _LONGEST else _corrected(word)


@lru_cache(_REMEMBERED)
def _corrected(word: str) -> str:
    if is_ordinary(word):
        return word
    if len(word) >= _SHORTEST_WITHOUT_VOWELS and word == consonant_skeleton(word):
        return _by_skeleton().get(word, word)
    if len(word) < _SHORTEST:
        return word
    bound = 1 + (len(word) >= _LONG)
    near = process.extract(word, common_words(), scorer=OSA.distance, score_cutoff=bound, limit=1)
    return str(near[0][0]) if near and near[0][0][0] == word[0] else word


@cache
def _by_skeleton() -> dict[str, str]:
    """The common words by their consonant skeleton; the first of those that share one."""
    return {consonant_skeleton(word): word for word in reversed(common_words())}
