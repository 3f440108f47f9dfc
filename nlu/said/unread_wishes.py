"""Finds wishes that no option, product or known note covers: "gluten free bun", allergies.

They are kept in the customer's words, for the people who make the order.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from textwrap import shorten

from nlu.catalogue.pack_sizes import HOLDERS, UNITS
from nlu.words import FOLDER
from nlu.words.phrases import is_phrase
from nlu.words.tokens import fold_word, split_tokens
from nlu.words.transliterate import to_latin
from nlu.words.vocabulary import every_word, load_vocabulary
from shop.language.signs import Sign
from shop.language.word_files import read_patterns, read_words

LONGEST = 120
# Stands before allergies.
ALLERGY_MARK = "⚠️"
_MOST_WORDS = 9
_LONGEST_COUNT, _SHORTEST_NAME = 3, 3
# Characters of a message that are read.
_LONGEST_READ = 600

Span = tuple[int, int]

_SAID = read_patterns("unread_wishes", FOLDER)
_EDGES = read_words("unread_wishes", FOLDER)["edges"]
_BREAK = re.compile(r"[,;:!?\n\u0964()]|\.(?!\d)")
_WORD = re.compile(r"(?:[^\W_]|[\u0900-\u0963'/-])+")


def find_wishes(
    text: str, taken: Iterable[Span], has_product: bool, is_order: bool
) -> Iterator[Sign]:
    """Signs of the wishes in a message; their value is the text of the note."""
    for span in find_unread_wishes(text, taken, has_product, is_order):
        words = shorten(text[slice(*span)], LONGEST)
        if _SAID["allergy"].search(words):
            yield Sign("allergy", *span, value=f"{ALLERGY_MARK} {words}")
        elif _SAID["pack_size"].fullmatch(words):
            yield Sign("pack_size", *span, value=words)
        else:
            yield Sign("unread_wish", *span, value=words)


def wish_of(text: str) -> Sign:
    """The sign of a message that is a wish as a whole."""
    return Sign("unread_wish", 0, len(text), value=shorten(text, LONGEST))


def find_unread_wishes(
    text: str, taken: Iterable[Span], has_product: bool, is_order: bool
) -> list[Span]:
    """The start and end of each wish in words that nothing else has read.

    taken: spans that are read already, such as products, numbers and options. has_product: whether
    message names one; without one only clear wishes count. is_order: whether it names one or says
    where the order goes; beside either, clauses of their own are wishes for whoever brings it.
    """
    text = text[:_LONGEST_READ]
    ways = [_SAID["clear"], *([_SAID["beside_product"]] if has_product else [])]
    found = [
        _trimmed(text, *clause)
        for clause in _segments(text, ())
        if is_order and _SAID["whole_clause"].search(text[slice(*clause)])
    ]
    for start, end in _segments(text, [*taken, *found]):
        first, last = _trimmed(text, start, end)
        segment = text[first:last]
        is_wish = any(way.search(segment) for way in ways) or (
            has_product and counts_a_thing(segment)
        )
        is_wish = is_wish and not _SAID["no_wish"].search(segment)
        if is_order and is_phrase("asks_of_us", text[start:end].strip()):
            first, last = _without_blanks(text, start, end)
            is_wish = True
        if first < last and is_wish and len(segment.split()) <= _MOST_WORDS:
            found.append((first, last))
    return found


def counts_a_thing(text: str) -> bool:
    """Whether a number stands right beside a word that may be a thing or a kind of it: "insulin 1",
    "1 brown".

    What is counted and read as nothing else must stay in sight."""
    words = [fold_word(token.text) for token in split_tokens(text) if not token.text.isspace()]
    threes = [*zip(words, words[1:], words[2:], strict=False)]
    if any(_is_held(*three) for three in threes):
        return True
    if threes and is_count(words[-1]) and _may_be_counted(words[-3]):  # "glucose powder 1"
        return True
    return any(
        (is_count(one) and _may_be_counted(other)) or (_may_be_counted(one) and is_count(other))
        for one, other in pairwise(words)
    )


def _is_held(number: str, holder: str, thing: str) -> bool:
    """ "two packets of something": with a package "do" is two as well."""
    counts = is_count(number) or number in load_vocabulary().only_before_a_product
    return counts and holder in UNITS | HOLDERS and _may_be_counted(thing)


def is_count(word: str) -> bool:
    """Whether a word is a number of things: "2", "two"."""
    return (word.isdecimal() and len(word) <= _LONGEST_COUNT) or word in load_vocabulary().numbers


def _may_be_counted(word: str) -> bool:
    known = load_vocabulary()
    is_noun = len(word) >= _SHORTEST_NAME and word not in every_word() | UNITS | HOLDERS
    letters = word if word.isascii() else to_latin(word)
    return letters.isalpha() and not is_count(word) and (is_noun or word in known.descriptions)


def _segments(text: str, taken: Iterable[Span]) -> Iterator[Span]:
    """The spans between the taken ones, split at punctuation."""
    breaks: Sequence[Span] = [each.span() for each in _BREAK.finditer(text)]
    at = 0
    for start, end in sorted([*taken, *breaks, (len(text), len(text))]):
        if at < start:
            yield at, start
        at = max(at, end)


def _without_blanks(text: str, start: int, end: int) -> Span:
    stretch = text[start:end]
    return start + len(stretch) - len(stretch.lstrip()), start + len(stretch.rstrip())


def _trimmed(text: str, start: int, end: int) -> Span:
    """The span without words at its ends that are no part of the wish."""
    words = [each.span() for each in _WORD.finditer(text, start, end)]
    while words and text[slice(*words[0])].casefold() in _EDGES:
        words.pop(0)
    while words and text[slice(*words[-1])].casefold() in _EDGES:
        words.pop()
    return (words[0][0], words[-1][1]) if words else (start, start)
