"""Finds notes on how to make something: `without onion`, `less sugar`, `large`."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from nlu.said.parts import counted_before, is_made, part_said
from nlu.words import FOLDER
from nlu.words.dishes import read_dishes
from shop.language.signs import Sign
from shop.language.word_files import read_patterns, read_ways, read_words

# The patterns of each language: nlu/words/*/notes.yml and note_words.yml.
_SAID = read_patterns("notes", FOLDER, re.IGNORECASE | re.DOTALL)
_NOTE, _WRITTEN, _DROPPED = _SAID["note"], _SAID["written"], _SAID["dropped"]
_HOW_MUCH = _SAID["begins_note"]
_AROUND = read_patterns("note_words", FOLDER)
_ADDS, _LEADS = _AROUND["adds"], _AROUND["leads_to_product"]
_REFUSED_BEFORE, _REFUSED_BEHIND = _AROUND["refused_before"], _AROUND["refused_behind"]
_NEAR = 40


def find_notes_in(text: str, plain: str) -> Iterator[Sign]:
    """Signs of the notes in a message, and of how many pieces they are about.

    plain: the text with blanks for options of products, which are no notes.
    """
    if written := _WRITTEN.match(plain):
        yield Sign("written_note", *written.span(1))
    named = list(_names_of_dishes().finditer(plain))
    for start, end in notes_in(plain):
        if any(one.start() < end and start < one.end() for one in named):
            continue  # "hot chocolate" is a name: "hot" is no note
        yield Sign("note", start, end, counted_before(plain, start))
    if are_dropped(text):
        yield Sign("notes_dropped", 0, len(text))
    if part := part_said(text):
        yield Sign("part", *part)
    if is_made(text):
        yield Sign("is_made", 0, len(text))


def find_note_links(
    text: str, notes: Iterable[Sign], places: Sequence[tuple[int, int]]
) -> Iterator[Sign]:
    """Signs of words that link a note to the product behind it: "no onion in the pakora"."""
    for note in notes:
        for start, _ in places if note.name == "note" else ():
            if note.end <= start <= note.end + _NEAR and _LEADS.fullmatch(text, note.end, start):
                yield Sign("of_product", note.end, start)


def without_notes(text: str, found: Iterable[Sign], products: Sequence[tuple[int, int]]) -> str:
    """The text with blanks in place of its notes, and of a word before a note that adds it, such as
    the "add" of "add extra cheese". Wishes are blanked only if they say how much: "extra crispy".

    products: the spans of products, which stay: "no milk" is no note if milk is sold.
    """
    for one in found:
        if any(one.start < end and start < one.end for start, end in products):
            continue
        words = text[one.start : one.end]
        if one.name == "note" or (one.name == "unread_wish" and _HOW_MUCH.match(words)):
            adds = _ADDS.search(text[max(0, one.start - _NEAR) : one.start])
            start = one.start - (len(adds[0]) if adds else 0)
            text = text[:start] + " " * (one.end - start) + text[one.end :]
    return text


def refuses_a_part(text: str) -> bool:
    """Whether the text has a note that says how much of a part is wanted: `no cheese`."""
    return any(_HOW_MUCH.match(text, start) for start, _ in notes_in(text))


def are_dropped(text: str) -> bool:
    """Whether a text removes all notes: `no note`."""
    return bool(_DROPPED.search(text))


def notes_in(text: str) -> list[tuple[int, int]]:
    """The start and end of each note, without refused ones: `hot not cold`."""
    spans = {each.span() for pattern in (_NOTE, _more_notes()) for each in pattern.finditer(text)}
    found: list[tuple[int, int]] = []
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        is_apart = not found or found[-1][1] <= start
        if is_apart and not _is_refused(text[:start], text[end:]):
            found.append((start, end))
    return found


def _is_refused(before: str, behind: str) -> bool:
    """Whether the words around a note refuse it: "not", "change ... to"."""
    return bool(_REFUSED_BEFORE.search(before[-_NEAR:]) or _REFUSED_BEHIND.match(behind[:_NEAR]))


@cache
def _names_of_dishes() -> re.Pattern[str]:
    rows = sorted((row for row in read_dishes().dishes if row[1:]), key=len, reverse=True)
    names = "|".join(r"\s+".join(map(re.escape, row)) for row in rows)
    return re.compile(rf"(?<!\w)(?:{names})s?(?!\w)", re.I)


@cache
def _more_notes() -> re.Pattern[str]:
    """A pattern for notes that name a part and how it is wanted: "with sugar"."""
    parts = {word for words in read_words("note_aspects").values() for word in words}
    part = f"(?:{'|'.join(sorted(map(re.escape, parts), key=len, reverse=True))})"
    ways = "|".join(way.replace("<part>", part) for way in read_ways("note_words", FOLDER)["notes"])
    return re.compile(rf"(?<!\w)(?:{ways})(?![\w\u0900-\u0963])", re.I)
