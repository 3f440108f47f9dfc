"""Hours without "at" or "o'clock" beside a day or a part of it: the 10 of "tomorrow 10"."""

from collections.abc import Sequence

from nlu.fulfilment.clock_times import CLOCK, MINUTES, ends_clock, word_at
from nlu.fulfilment.said_words import COMMAS
from nlu.fulfilment.time_parts import Piece
from nlu.fulfilment.time_words import TimeWords
from shop.fulfilment.said_times import SaidTime

_NOON, _HOUR = 12, 60


def bare_hour(words: Sequence[str], at: int, known: TimeWords) -> Piece | None:
    """The hour beside a day or a part of the day: "tomorrow 10", "shaam 6.30", "sunday at 10, flat
    3"."""
    first, led = at, word_at(words, at) in known.at
    at += led
    match, end = CLOCK.fullmatch(word_at(words, at)), at + 1
    hour, minute = (int(match[1]), match[3]) if match and not match[4] else (0, None)
    if (
        not minute
        and MINUTES.fullmatch(word_at(words, end))
        and _ends_behind(words, end + 1, known)
    ):
        minute, end = words[end], end + 1
    if not 1 <= hour <= _NOON or int(minute or 0) >= _HOUR:
        return None
    is_set_off = (led and word_at(words, end) in COMMAS) or (minute and _counts(words, end, known))
    if not (ends_clock(words, end, known) or is_set_off):
        return None
    return Piece(first, end, SaidTime(clock=f"{hour:02}:{minute or '00'}"))


def _ends_behind(words: Sequence[str], at: int, known: TimeWords) -> bool:
    return ends_clock(words, at, known) or _counts(words, at, known)


def _counts(words: Sequence[str], at: int, known: TimeWords) -> bool:
    """Whether the word is a number, which counts what comes behind it."""
    return word_at(words, at).isdecimal() or word_at(words, at) in known.numbers
