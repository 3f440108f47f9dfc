"""Ordinary words (nlu/words/*/ordinary_words.yml), which are never corrected to a product."""

from functools import cache

from nlu.sentence.weights import WeightsMissing, packaged_weights
from nlu.words import FOLDER, normalise_chat
from nlu.words.tokens import fold_word, remember_tokens
from nlu.words.vocabulary import every_word
from shop.language.word_files import read_ways

_WORD_PIECES = "vocab.txt"


def is_ordinary(word: str) -> bool:
    """Whether a folded word needs no correction."""
    return word in _words()


@cache
def remember_vocabulary() -> None:
    """Keeps the most common words in the tokenizer's table, which is faster."""
    words = every_word() | normalise_chat.every_form() | {*normalise_chat.common_words()}
    remember_tokens(word for word in words if word.isascii())


@cache
def _words() -> frozenset[str]:
    listed = read_ways("ordinary_words", FOLDER)["ordinary"]
    words = {*listed, *_word_pieces(), *normalise_chat.every_form()}
    return frozenset(fold_word(word) for word in words if not word.startswith("##")) | every_word()


def _word_pieces() -> list[str]:
    """The sentence model's word pieces, which include the 20,000 most common English words."""
    try:
        return (packaged_weights() / _WORD_PIECES).read_text(encoding="utf-8").split()
    except (WeightsMissing, FileNotFoundError):
        return []
