"""A blank spaCy pipeline for chat in English and Hindi, and the form in which words are compared.

Rasa's own SpacyNLP wants a trained spaCy model; only spaCy's tokenizer and matchers are needed
here, and those need no weights.
"""

import threading
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

import spacy
from spacy.language import Language
from spacy.tokenizer import Tokenizer
from spacy.tokens import Doc
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex

_PICTURE = "\u2190-\u21ff\u2300-\u27bf\u2b00-\u2bff\U0001f000-\U0001fbff"
# A picture with what modifies it (skin, ZWJ family, variation selector) is one token.
_EMOJI = rf"[{_PICTURE}][{_PICTURE}\u200d\ufe0f\u20e3]*"
_NUMBER = r"[0-9\u0966-\u096f]"
# `\w` lacks the vowel signs of Devanagari.
_LETTER = r"(?:[^\W\d_]|[\u0900-\u0963])"
# "2coffee", "x2", "500ml": a number and a word that stick together are two tokens.
_NUMBER_MEETS_WORD = rf"(?<={_NUMBER})(?={_LETTER})|(?<={_LETTER})(?={_NUMBER})"
# "coffee(2", "coffees&3", "coffee.2", "coffee,2": signs that chat writes without blanks; between
# two numbers ("1,000", "5:30", "1/2") they stay.
_SIGN = r"[()\[\]&+*=:;|/~,.\-]+"
_SIGN_BETWEEN = rf"(?<={_LETTER}){_SIGN}(?={_LETTER}|{_NUMBER})|(?<={_NUMBER}){_SIGN}(?={_LETTER})"
_TIMES = "×"  # "×3", "2×coffee": no letter, unlike x
_HINDI_SHORT = {"\u0901": "\u0902", "\u093c": "", "\u0940": "\u093f", "\u0942": "\u0941"}
# What the words of a message have where a new line begins.
NEW_LINE = ";"
_SILENT = {"\ufe0f", "\u20e3", "\u200d", "\u200c"}


@cache
def pipeline() -> Language:
    """The blank English pipeline with a tokenizer for what people type on a phone."""
    nlp = spacy.blank("en")
    defaults = nlp.Defaults
    infixes = [_EMOJI, _TIMES, _NUMBER_MEETS_WORD, _SIGN_BETWEEN, *(defaults.infixes or [])]
    nlp.tokenizer = Tokenizer(
        nlp.vocab,
        rules={},  # spaCy's exceptions split "don't" into "do" + "n't", and "do" is Hindi for 2
        prefix_search=compile_prefix_regex([_EMOJI, _TIMES, *(defaults.prefixes or [])]).search,
        suffix_search=compile_suffix_regex([_EMOJI, *(defaults.suffixes or [])]).search,
        infix_finditer=compile_infix_regex(infixes).finditer,
    )
    return nlp


# spaCy keeps one table of words for all threads.
_words_are_changing = threading.RLock()


@contextmanager
def passing_words() -> Iterator[None]:
    """What is tokenised inside is forgotten at the end; spaCy would keep every new word for ever.

    No Doc may leave the block.
    """
    with _words_are_changing, pipeline().memory_zone():
        yield


@contextmanager
def lasting_words() -> Iterator[None]:
    """What is tokenised inside is kept, whatever other threads do meanwhile."""
    with _words_are_changing:
        yield


def tokenise(text: str) -> Doc:
    """Splits a text into tokens whose offsets are those of the text as it was typed."""
    return pipeline().make_doc(text)


def fold(word: str) -> str:
    """The form in which two words are compared: no case, accents, nukta or emoji selectors.

    Devanagari keeps its vowel signs; long and short i and u count as one, as people mix them up.
    """
    if word.isascii():
        return word.lower()
    letters = unicodedata.normalize("NFKD", word).casefold()
    return "".join(
        _HINDI_SHORT.get(letter, letter)
        for letter in letters
        if letter not in _SILENT and not _is_latin_accent(letter)
    )


def _is_latin_accent(letter: str) -> bool:
    return "\u0300" <= letter <= "\u036f"
