"""Recognises misspelled number words: "sevn samosas", "theen chai"."""

from functools import cache, lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from nlu.words.ordinary_words import is_ordinary
from nlu.words.small_words import word_set
from nlu.words.spelling import sound_key
from nlu.words.vocabulary import load_vocabulary

_SHORTEST, _LONGEST = 3, 9
_LARGEST_BY_EAR, _LARGEST = 10, 20  # larger Hindi numbers resemble too many other words
_REMEMBERED = 1024


@lru_cache(_REMEMBERED)
def number_typo(word: str) -> int | None:
    """The number that a folded word misspells; None for ordinary words and all others.

    Words of four or more letters may have one typo behind the first letter. Any word may have a
    spelling that sounds alike.
    """
    if not (_SHORTEST <= len(word) <= _LONGEST and word.isalpha()) or is_ordinary(word):
        return None
    if (heard := _by_ear().get(sound_key(word))) is not None:
        return heard
    near = process.extract(word, _spelled(), scorer=OSA.distance, score_cutoff=1, limit=None)
    meant = [other for other, _, _ in near if other[0] == word[0]]
    return load_vocabulary().numbers[meant[0]] if meant and len(word) > _SHORTEST else None


@cache
def _by_ear() -> dict[str, int]:
    numbers = load_vocabulary().numbers.items()
    return {sound_key(word): value for word, value in numbers if 0 < value <= _LARGEST_BY_EAR}


@cache
def _spelled() -> tuple[str, ...]:
    """The number words that are long enough to correct, and "one"."""
    numbers = load_vocabulary().numbers.items()
    short = {word for word, value in numbers if len(word) > _SHORTEST and 0 < value <= _LARGEST}
    return tuple(sorted(short | word_set("one")))
