"""Reads an answer to the question for a time: "6", "20 minutes", "jaldi".

Elsewhere these words may mean something else. So the time is passed on as a sign, which only the
step that asks for a time uses.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from nlu.fulfilment.durations import read_duration
from nlu.fulfilment.said_words import split_entry, split_said
from nlu.fulfilment.term_spelling import correct_terms
from nlu.fulfilment.time_words import TimeWords, time_words
from nlu.fulfilment.times import find_time
from nlu.words import FOLDER
from shop.fulfilment.said_times import SaidTime
from shop.language.word_files import read_entries

_LONGEST = 60
_LATEST = 23


def read_time_answer(text: str) -> dict[str, Any] | None:
    """The value of a `time` entity if the message is nothing but a time, else None."""
    if len(text) > _LONGEST or "?" in text:
        return None
    said = correct_terms(split_said(text))
    words, known = [each.word for each in said], time_words()
    found = find_time(text, said)
    if found:
        return None if _rest(words, found.spans, known) else found.value
    read = _read_time(words, known)
    return {"text": text.strip(), **read.as_value()} if read else None


def _read_time(words: Sequence[str], known: TimeWords) -> SaidTime | None:
    """The time of words that are a time only as an answer, else None."""
    for at in range(len(words)):
        for end, says in _candidates(words, at, known):
            if not _rest(words, [(at, end)], known):
                return says
    return None


def _candidates(words: Sequence[str], at: int, known: TimeWords) -> Iterator[tuple[int, SaidTime]]:
    """The times that may begin at a word, each with its end (exclusive): a duration, a part of the
    day, "soon", a bare hour."""
    if piece := read_duration(words, at, known, bare=True):
        yield piece.last, piece.says
    for phrases in (known.parts, known.parts_by_meal):
        if part := phrases.find(words, at):
            yield part[0], SaidTime(part=part[1])
    for phrases in (known.now_alone, known.now_when_asked):
        if soon := phrases.find(words, at):
            yield soon[0], SaidTime(now=True)
    word = words[at]
    hour = int(word) if word.isdecimal() and len(word) <= 2 else known.numbers.get(word)  # noqa: PLR2004
    if hour and hour <= _LATEST:
        yield at + 1, SaidTime(clock=f"{hour:02}:00")


def _rest(words: Sequence[str], spans: Sequence[tuple[int, int]], known: TimeWords) -> list[str]:
    """The words outside the spans that say something."""
    held = {at for first, last in spans for at in range(first, last)}
    silent = _silent() | known.beside_answer | known.at | known.around | known.for_clock
    return [
        word
        for at, word in enumerate(words)
        if at not in held and word not in silent and any(letter.isalnum() for letter in word)
    ]


@cache
def _silent() -> frozenset[str]:
    return split_entry(read_entries("way_words", FOLDER)["silent"])
