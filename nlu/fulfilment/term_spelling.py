"""Corrects words of ways, times and places that are typed without vowels or with wrong ones."""

from collections.abc import Sequence
from functools import cache

from nlu.fulfilment.said_words import Said
from nlu.words import normalise_chat
from nlu.words.ordinary_words import is_ordinary
from nlu.words.small_words import word_set
from nlu.words.spelling import consonant_skeleton

# With fewer consonants, a name of a street may look like one of the words.
_LEAST_CONSONANTS = 4


def correct_terms(said: Sequence[Said]) -> list[Said]:
    """The words with "dlvry" as "delivery" and "tomorow" as "tomorrow", at the same places.

    Words of a dictionary stay as they are."""
    return [each._replace(word=_corrected(each.word)) for each in said]


def _corrected(word: str) -> str:
    if len(word) < _LEAST_CONSONANTS or not word.isalpha() or not word.isascii():
        return word
    meant = _by_consonants().get(consonant_skeleton(word))
    if meant is None or word in _listed():
        return word
    is_right = is_ordinary(word) and word not in normalise_chat.every_form()
    return word if is_right else meant


@cache
def _by_consonants() -> dict[str, str]:
    skeletons = {consonant_skeleton(word): word for word in _listed()}
    return {each: word for each, word in skeletons.items() if len(each) >= _LEAST_CONSONANTS}


def _listed() -> frozenset[str]:
    return word_set("often_misspelled", "places")
