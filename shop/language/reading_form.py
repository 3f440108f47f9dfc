"""Normalises a customer's text for reading: one encoding per character, no invisible ones.

Phones, keyboards and copied web pages write the same words with different characters: full-width
digits, curly apostrophes, unbreakable hyphens, marks of direction. Everything that reads a text
(keywords, order and ticket numbers, understanding) uses this form; stored text stays as typed.
"""

import re
import unicodedata
from collections.abc import Iterator

# Decompositions that keep the meaning. Fractions and raised digits would change it.
_LOOKS = {"<wide>", "<narrow>", "<font>", "<noBreak>", "<compat>", "<circle>", "<square>"}
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2043\u2212\u02d7\u2e3a\u2e3b\ufe58\ufe63\uff0d"
_APOSTROPHES = "\u2018\u2019\u201a\u201b\u02bc\u02b9\u02bb\u02c8\u2032\u2035\u00b4`\uff07"
_QUOTES = "\u201c\u201d\u201e\u201f\u2033\u2036\u00ab\u00bb\uff02"
_BLANKS = "\u2800\u3164\u115f\u1160\uffa0\u1680"
_NEW_LINES = "\u0085\u2028\u2029\u000b\u000c"
_SIGNS = {
    **dict.fromkeys(_DASHES, "-"),
    **dict.fromkeys(_APOSTROPHES, "'"),
    **dict.fromkeys(_QUOTES, '"'),
    **dict.fromkeys(_BLANKS, " "),
    **dict.fromkeys(_NEW_LINES, "\n"),
    "\u034f": "",  # joins letters for sorting alone
}
_COLOURED, _KEY = "\ufe0f", "\u20e3"  # "2\ufe0f\u20e3" is a picture of the key 2
_JOINER = "\u200d"  # makes one picture of two; between letters it only changes their shape
_UNSEEN = {"Cf", "Cc"}
_SEEN_CONTROLS = "\n\r\t"
_ODD = re.compile(r"[^\n\r\t -_a-~]")  # what is not ASCII, the backtick, and controls
_DIGIT = re.compile(r"\d")
# More combining marks than any language uses are decoration or an attack.
_MOST_MARKS = 4
_DEVANAGARI_DIGITS = range(0x0966, 0x0970)  # they say that somebody writes Hindi

Place = tuple[int, int]


def reading_form(text: str) -> str:
    """The normalised text; normalising it again changes nothing."""
    return reading_form_with_places(text)[0]


def reading_form_with_places(text: str) -> tuple[str, list[Place]]:
    """The normalised text, with each character's start and end in the original text."""
    if not _ODD.search(text):
        return text, [(at, at + 1) for at in range(len(text))]
    parts: list[str] = []
    places: list[Place] = []
    for start, end in _letters(text):
        part = _form(text, start, end)
        parts.append(part)
        as_long = len(part) == end - start
        places += (
            [(at, at + 1) for at in range(start, end)] if as_long else [(start, end)] * len(part)
        )
    return "".join(parts), places


def id_form(text: str) -> str:
    """The reading form with the digits of every script as 0 to 9, as order numbers have them."""
    return _DIGIT.sub(lambda digit: str(unicodedata.decimal(digit[0])), reading_form(text))


def without_accents(text: str) -> str:
    """`menú` → `menu`: accents of Latin letters are left out; other scripts keep their signs."""
    if text.isascii():
        return text
    letters = unicodedata.normalize("NFD", text)
    plain = "".join(letter for letter in letters if not "\u0300" <= letter <= "\u036f")
    return unicodedata.normalize("NFC", plain)


def _letters(text: str) -> Iterator[Place]:
    """The start and end of each character with its combining marks."""
    start = 0
    for at in range(1, len(text)):
        if not unicodedata.category(text[at]).startswith("M"):
            yield start, at
            start = at
    yield start, len(text)


def _form(text: str, start: int, end: int) -> str:
    """The normal form of one character with its marks."""
    letter = text[start]
    if letter == _JOINER:
        return letter if _is_between_pictures(text, start, end) else ""
    marks = "".join(mark for mark in text[start + 1 : end] if not _is_variant(mark))
    if _KEY in marks and letter.isascii():
        return letter
    if _COLOURED in marks:
        return letter + marks[:_MOST_MARKS]
    return unicodedata.normalize("NFC", _sign(letter) + marks[:_MOST_MARKS])


def _sign(letter: str) -> str:
    """The normal form of a character without its marks."""
    if letter in _SIGNS:
        return _SIGNS[letter]
    category = unicodedata.category(letter)
    if category in _UNSEEN:
        return letter if letter in _SEEN_CONTROLS else ""
    if category == "Nd":
        is_hindi = ord(letter) in _DEVANAGARI_DIGITS
        return letter if is_hindi else str(unicodedata.decimal(letter))
    how = unicodedata.decomposition(letter).split(" ", 1)[0]
    if how not in _LOOKS:
        return " " if category == "Zs" else letter
    plain = unicodedata.normalize("NFKC", letter)
    plain = "".join(_SIGNS.get(sign, sign) for sign in plain)
    return f"{plain}." if how == "<circle>" and plain.isdigit() else plain


def _is_variant(mark: str) -> bool:
    """Whether a mark only selects a letter's shape."""
    return mark in _SIGNS or "\ufe00" <= mark <= "\ufe0e" or "\U000e0100" <= mark <= "\U000e01ef"


def _is_between_pictures(text: str, start: int, end: int) -> bool:
    before = text[:start].rstrip(_COLOURED)[-1:] if start else ""
    around = (before, text[end : end + 1])
    return all(sign and unicodedata.category(sign) in {"So", "Sk"} for sign in around)
