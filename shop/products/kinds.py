"""Checks whether a customer's word describes a product: "iced" fits one that is "hot and cold"."""

import re
from functools import cache

from shop.language.word_files import read_words
from storage.models import Product

# `\w` lacks the vowel signs of Devanagari.
_WORD = re.compile(r"(?:\w|[\u0900-\u0963])+")


def is_said_of(product: Product, words: str) -> bool:
    """Whether the product's name or description has one of these words, or a synonym."""
    told = " ".join((product.name, product.description or "", *product.aliases))
    known = {_meaning(word) for word in _WORD.findall(told.casefold())}
    said = {_meaning(word) for word in _WORD.findall(words.casefold())}
    return not said.isdisjoint(known)


def name_with_kind(product: Product) -> str:
    """`Tea (Masala Chai)`; only the name if there is no description."""
    return f"{product.name} ({product.description})" if product.description else product.name


def _meaning(word: str) -> str:
    return _meanings().get(word, word)


@cache
def _meanings() -> dict[str, str]:
    return {word: group for group, words in read_words("kinds").items() for word in words}
