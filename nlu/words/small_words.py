"""Reads sets of small words, folded, from files such as nlu/words/*/order.yml."""

from functools import cache

from nlu.words import FOLDER
from nlu.words.tokens import fold_word
from shop.language.word_files import read_ways


@cache
def word_set(name: str, file: str = "order") -> frozenset[str]:
    """An entry as a set of words."""
    return frozenset(fold_word(word) for word in read_ways(file, FOLDER)[name])


def phrases_of(name: str) -> tuple[list[str], ...]:
    """An entry of order.yml as phrases, each a list of words."""
    ways = read_ways("order", FOLDER)[name]
    return tuple([fold_word(word) for word in way.split()] for way in ways)
