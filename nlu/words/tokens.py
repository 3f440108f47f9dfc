"""Splits chat in English and Hindi into tokens with spaCy, and folds words for comparison.

Rasa's own SpacyNLP needs a trained spaCy model. We only use spaCy's tokenizer, which needs no
weights.
"""

import re
import threading
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

import spacy
from spacy.language import Language
from spacy.tokenizer import Tokenizer
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex

from nlu.words import FOLDER
from shop.language.word_files import read_ways

_PICTURE = "\u2190-\u21ff\u2300-\u27bf\u2b00-\u2bff\U0001f000-\U0001fbff"
# An emoji with its modifiers (skin tone, ZWJ sequence, variation selector) is one token.
_EMOJI = rf"[{_PICTURE}][{_PICTURE}\u200d\ufe0f\u20e3]*"
_NUMBER = r"[0-9\u0966-\u096f]"
# `\w` lacks the vowel signs of Devanagari.
_LETTER = r"(?:[^\W\d_]|[\u0900-\u0963])"
# "2coffee", "x2", "500ml": a number and a word without a blank between them are two tokens.
_NUMBER_MEETS_WORD = rf"(?<={_NUMBER})(?={_LETTER})|(?<={_LETTER})(?={_NUMBER})"
# Signs that split words without blanks: "coffee(2", "coffees&3", "coffee.2", "coffee,2". Between
# two numbers they do not split: "1,000", "5:30", "1/2".
_SIGN = r"[()\[\]&+*=:;|/~,.\-]+"
_SIGN_BETWEEN = rf"(?<={_LETTER}){_SIGN}(?={_LETTER}|{_NUMBER})|(?<={_NUMBER}){_SIGN}(?={_LETTER})"
_TIMES = "×"  # in "×3", "2×coffee"; no letter, unlike x
# The x of "2xcoffee" is a token, that of sizes ("2xl") and of "xtra" is not.
_SIZES = "|".join(read_ways("units", FOLDER)["sizes_with_x"])
_X_BETWEEN = rf"(?<={_NUMBER})[xX](?={_LETTER}{{3}})(?!(?i:{_SIZES}))"
_HINDI_SHORT = {"\u0901": "\u0902", "\u093c": "", "\u0940": "\u093f", "\u0942": "\u0941"}
# The word that stands for a new line.
NEW_LINE = ";"
# spaCy strips signs off a word one by one and scans the rest each time, so the time grows with the
# square of the number of signs without a blank. Such runs are cut, behind a sign if one is near.
_LONG = re.compile(r"\S{41,}")
_CUTS = re.compile(r"\S{16,40}(?<![\w\u0900-\u0963])|\S{1,40}")
_SILENT = {"\ufe0f", "\u20e3", "\u200d", "\u200c"}


@cache
def spacy_pipeline() -> Language:
    """The blank English pipeline with a tokenizer for what people type on a phone."""
    nlp = spacy.blank("en")
    defaults = nlp.Defaults
    infixes = [
        _EMOJI,
        _TIMES,
        _X_BETWEEN,
        _NUMBER_MEETS_WORD,
        _SIGN_BETWEEN,
        *(defaults.infixes or []),
    ]
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


class Token(NamedTuple):
    """A word or sign of a text, its start, and the blank behind it, if any."""

    text: str
    start: int
    blank: str

    @property
    def end(self) -> int:
        """The token's end in the text (exclusive)."""
        return self.start + len(self.text)


def split_tokens(text: str) -> list[Token]:
    """Splits a text into tokens whose offsets are those of the text.

    It returns none of spaCy's objects, so that the words of the text can be removed from spaCy's
    table, which would otherwise grow for ever. Other threads wait only for one call.
    """
    with _words_are_changing, spacy_pipeline().memory_zone():
        return [token for start, part in _parts(text) for token in _tokens(part, start)]


def remember_tokens(words: Iterable[str]) -> None:
    """Keeps these words in spaCy's table: finding a word there costs a tenth of adding it."""
    with _words_are_changing:
        for word in words:
            spacy_pipeline().make_doc(word)


def _parts(text: str) -> Iterator[tuple[int, str]]:
    """The text as one part, or in several if it has overlong words (`_LONG`), with their starts."""
    start = 0
    for run in _LONG.finditer(text):
        *cuts, _ = _CUTS.finditer(text, run.start(), run.end())
        for cut in cuts:
            yield start, text[start : cut.end()]
            start = cut.end()
    yield start, text[start:]


def _tokens(part: str, start: int) -> Iterator[Token]:
    for token in spacy_pipeline().make_doc(part):
        yield Token(token.text, start + token.idx, token.whitespace_)


def fold_word(word: str) -> str:
    """The form in which two words are compared: no case, accents, nukta or emoji selectors.

    Devanagari keeps its vowel signs; long and short i and u become one, since people mix them up.
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
