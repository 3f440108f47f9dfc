"""Days: "tomorrow", "kal", "friday", "5 december", "05/12/2026", "on the 5th"."""

import re
from collections.abc import Sequence
from datetime import date

from nlu.fulfilment.clock_times import ends_clock
from nlu.fulfilment.time_parts import Piece
from nlu.fulfilment.time_words import TimeWords
from nlu.words.small_words import word_set
from shop.fulfilment.said_times import SaidTime

_ENDINGS = "|".join(word_set("ordinal_endings", "places"))
_DAY = re.compile(rf"(\d{{1,2}})(?:{_ENDINGS})?")
_ORDINAL = re.compile(rf"(\d{{1,2}})(?:{_ENDINGS})")
_YEAR = re.compile(r"20\d\d")
# In India the day comes first. The year is required: without it, it may be a house number.
_WRITTEN = re.compile(r"(\d{1,2})[/\-.](\d{1,2})[/\-.](20\d\d|\d\d)|(20\d\d)-(\d{1,2})-(\d{1,2})")
_DAY_AND_MONTH = re.compile(r"(\d{1,2})[/\-.](\d{1,2})")
_ANY_YEAR = 2028  # has a 29th of February
_CENTURY = 2000


def read_day(words: Sequence[str], at: int, known: TimeWords) -> Piece | None:
    """The day that begins at a word."""
    if at >= len(words):
        return None
    if found := known.days_with_part.find(words, at):
        day, part = found[1].split()
        return Piece(at, found[0], SaidTime(day=day, part=part))
    if found := known.days.find(words, at):
        return None if _was(words, at, found[0], known) else _piece(at, found[0], found[1])
    first, led = at, words[at] in known.before_weekday
    if led and at + 1 < len(words):
        at += 1
    # "monday's meeting"
    found = known.weekdays.find([word.removesuffix("'s") for word in words[: at + 1]], at)
    if led and not found:
        found = known.short_weekdays.find(words, at)
    if found:
        return _piece(first, found[0], f"weekday:{found[1]}")
    return _date(words, first, at, known)


def _was(words: Sequence[str], at: int, end: int, known: TimeWords) -> bool:
    """Whether "kal" is yesterday: "kal ka order", "kal mangaya tha"."""
    if known.days_of_both_sides.isdisjoint(words[at:end]):
        return False
    behind = words[end] if end < len(words) else ""
    return behind in known.of_the_past or not known.past.isdisjoint(words)


def _date(words: Sequence[str], first: int, at: int, known: TimeWords) -> Piece | None:
    if words[at] in word_set("the", "places") and at + 1 < len(words):
        at += 1
    two, three = (*words[at + 1 : at + 3], "", "")[:2]
    if written := _WRITTEN.fullmatch(words[at]):
        return _written(first, at, written)
    led = first < at
    if led and (short := _DAY_AND_MONTH.fullmatch(words[at])):
        return _said(first, at + 1, None, short[2], short[1])
    if day := _DAY.fullmatch(words[at]):
        if two in known.ordinals and words[at].isdecimal():  # "5 th december"
            at, two, three = at + 1, three, words[at + 3] if at + 3 < len(words) else ""
        if two in word_set("of", "places") and known.months.find([three], 0):
            at, two = at + 1, three
        if month := known.months.find([two], 0):
            year = words[at + 2] if at + 2 < len(words) and _YEAR.fullmatch(words[at + 2]) else None
            return _said(first, at + (3 if year else 2), year, month[1], day[1])
        ordinal = led and _ORDINAL.fullmatch(words[at]) and ends_clock(words, at + 1, known)
        if two in known.dates or ordinal:
            end = at + (2 if two in known.dates else 1)
            return _said(first, end, None, None, day[1])
        return None
    month = known.months.find(words, at)
    day = _DAY.fullmatch(two) if month else None
    return _said(first, at + 2, None, month[1], day[1]) if month and day else None


def _written(first: int, at: int, written: re.Match[str]) -> Piece | None:
    if written[4]:
        return _said(first, at + 1, *written.group(4, 5, 6))
    year = int(written[3])
    return _said(
        first, at + 1, str(year if year > _CENTURY else year + _CENTURY), *written.group(2, 1)
    )


def _said(
    first: int, end: int, year: str | None, month: str | int | None, day: str | int
) -> Piece | None:
    """The date in ISO 8601, without the parts that were not said; None if there is no such date."""
    try:
        date(int(year or _ANY_YEAR), int(month or 1), int(day))
    except ValueError:
        return None
    if month is None:
        return _piece(first, end, f"date:---{int(day):02}")
    return _piece(first, end, f"date:{year or '-'}-{int(month):02}-{int(day):02}")


def _piece(first: int, end: int, day: str) -> Piece:
    return Piece(first, end, SaidTime(day=day))
