"""The small words by which orders are read (nlu/words/*/order.yml), folded for comparison."""

from nlu.words import FOLDER
from nlu.words.tokens import fold_word
from shop.language.word_files import read_ways


def words_of(name: str) -> frozenset[str]:
    """An entry as a set of words."""
    return frozenset(fold_word(word) for word in read_ways("order", FOLDER)[name])


def phrases_of(name: str) -> tuple[list[str], ...]:
    """An entry as rows of words, as they stand in a message."""
    ways = read_ways("order", FOLDER)[name]
    return tuple([fold_word(word) for word in way.split()] for way in ways)
