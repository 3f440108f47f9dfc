"""Synonyms in what customers say of products: "thanda" for iced, "something veg"."""

import re
from functools import cache

from shop.language.word_files import read_patterns, read_words

_FILE = "topics"
_JOINED = "joined"


@cache
def words_alike() -> dict[str, frozenset[str]]:
    """The words that mean the same as each word, itself among them."""
    alike: dict[str, frozenset[str]] = {}
    for name, words in read_words(_FILE).items():
        if name != _JOINED:
            alike |= {word: alike.get(word, frozenset()) | words | {name} for word in words}
    return alike


@cache
def topic_words() -> frozenset[str]:
    """All words by which people look for a kind of products."""
    return frozenset(words_alike())


def join_words_of_topics(text: str) -> str:
    """The text with two words that are one written as one: "nonveg"."""
    return read_patterns(_FILE)[_JOINED].sub(lambda found: re.sub(r"\W", "", found[0]), text)
