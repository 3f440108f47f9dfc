"""Times from now on: "in half an hour", "30 minute mein", "ek ghante baad"."""

from collections.abc import Sequence

from nlu.fulfilment.clock_times import ends_clock
from nlu.fulfilment.time_parts import Piece
from nlu.fulfilment.time_words import TimeWords
from shop.fulfilment.said_times import SaidTime

_HOUR = 60
_LONGEST = 48 * _HOUR
# "In 10" and "in 45" are minutes; "in 7" may be anything.
_ROUND, _MOST_ALONE = 5, 90


def read_duration(
    words: Sequence[str], at: int, known: TimeWords, *, bare: bool = False
) -> Piece | None:
    """The time from now that begins at a word, or None.

    A duration needs a word such as "in" beside it ("wait 5 minutes" is none). bare: it needs none,
    since it stands alone or behind what is ordered.
    """
    first = at
    while at < len(words) and words[at] in known.before_duration and at - first < 2:  # noqa: PLR2004
        at += 1
    led = at > first
    if at >= len(words):
        return None
    read = _amount(words, at, known) or (_minutes_alone(words, at, known) if led else None)
    if not read:
        return None
    at, minutes = read
    if half := at < len(words) and known.and_a_half.find(words, at):
        at, minutes = half[0], minutes + _HOUR / 2
    trailing = at
    while trailing < len(words) and words[trailing] in known.after_duration and trailing - at < 2:  # noqa: PLR2004
        trailing += 1
    if trailing < len(words) and (behind := known.from_now.find(words, trailing)):
        trailing = behind[0]
    if not (led or trailing > at or bare) or not 0 < minutes <= _LONGEST:
        return None
    return Piece(first, trailing, SaidTime(in_minutes=round(minutes)))


def _amount(words: Sequence[str], at: int, known: TimeWords) -> tuple[int, float] | None:
    """The end and the minutes of an amount: "30min", "half an hour", "1.5 ghante", "10-15 min"."""
    word = words[at]
    digits = word.rstrip("abcdefghijklmnopqrstuvwxyz")
    if digits != word and _number(digits) is not None and (stuck := word[len(digits) :]):
        return _measured(at + 1, _number(digits), stuck, known)
    if (number := _number(word)) is not None or (number := known.numbers.get(word)) is not None:
        return _measured(at + 2, number, words[at + 1] if at + 1 < len(words) else "", known)
    if found := known.amounts.find(words, at):
        end, amount = found
        return _measured(end + 1, float(amount), words[end] if end < len(words) else "", known)
    return None


def _minutes_alone(words: Sequence[str], at: int, known: TimeWords) -> tuple[int, float] | None:
    """The end and the minutes of a number behind "in" without a unit: "there in 10"."""
    inside = words[at - 1] in known.minutes_follow
    if not (inside and words[at].isdecimal() and ends_clock(words, at + 1, known)):
        return None
    minutes = int(words[at][:3])
    return (at + 1, minutes) if minutes <= _MOST_ALONE and minutes % _ROUND == 0 else None


def _measured(
    end: int, number: float | None, unit: str, known: TimeWords
) -> tuple[int, float] | None:
    if number is None:
        return None
    if unit in known.minutes:
        return end, number
    return (end, number * _HOUR) if unit in known.hours else None


def _number(word: str) -> float | None:
    """The number that a word is, "30", "1.5", or the first of "10-15"; else None."""
    first = word.split("-", maxsplit=1)[0]
    if len(first) > 4 or not first[:1].isdecimal():  # noqa: PLR2004 - longer than any wait
        return None
    try:
        return float(first)
    except ValueError:
        return None
