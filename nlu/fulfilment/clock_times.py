"""Clock times: "5 pm", "17:30", "5 baje", "sadhe paanch baje", "half past 6", "noon", "at 5"."""

import re
from collections.abc import Sequence

from nlu.fulfilment.time_parts import Piece
from nlu.fulfilment.time_words import TimeWords
from nlu.words.small_words import word_set
from shop.fulfilment.said_times import SaidTime

CLOCK = re.compile(r"(\d{1,2})(?:([:.])(\d{2}))?(am|pm)?")
MINUTES = re.compile(r"[0-5]\d")
_RANGE = re.compile(r"(\d{1,2})-(\d{1,2})(am|pm)?")
_NOON, _DAY, _HOUR = 12, 24, 60
_LATEST_BARE = 22


def read_clock(words: Sequence[str], at: int, known: TimeWords) -> Piece | None:
    """The clock time that begins at a word, with the words before and behind that belong to it."""
    first = at
    leads = known.at | known.for_clock
    if is_named(words, at, known):
        leads |= known.time_names | known.to_time
    while at < len(words) and at - first < 3 and words[at] in leads:  # noqa: PLR2004
        at += 1
    if at == len(words):
        return None
    before = words[at - 1] if at > first else ""
    read = _named(words, at, known) or _number(words, at, before, known)
    if not read and is_named(words, first, known):
        read = _set_to(words, at, known)
    if not read:
        return None
    end, clock, half = read
    if end < len(words) and words[end] in known.after_clock:
        end += 1
    return Piece(first, end, SaidTime(clock=clock, half=half))


_Read = tuple[int, str, str | None]


def is_named(words: Sequence[str], at: int, known: TimeWords) -> bool:
    """Whether the word is "time" and announces one: "time 11 kar do", not "this time 2"."""
    if word_at(words, at) not in known.time_names:
        return False
    return word_at(words, at - 1) not in known.no_time_names


def _set_to(words: Sequence[str], at: int, known: TimeWords) -> _Read | None:
    """The bare hour behind the word "time": "time 11", "timing ko 7 kar do"."""
    match = CLOCK.fullmatch(word_at(words, at))
    hour = int(match[1]) if match else known.numbers.get(word_at(words, at))
    minute = int(match[3] or 0) if match else 0
    ends = word_at(words, at + 1) in known.sets_time or ends_clock(words, at + 1, known)
    if hour is None or not 0 < hour <= _LATEST_BARE or minute >= _HOUR or not ends:
        return None
    return at + 1, f"{hour:02}:{minute:02}", None


def _named(words: Sequence[str], at: int, known: TimeWords) -> _Read | None:
    """ "noon", "dedh baje", "sadhe 5 baje", "half past five"."""
    if found := known.clocks.find(words, at):
        return found[0], found[1], "am" if found[1] == "00:00" else "pm"
    if (found := known.odd_hours.find(words, at)) and word_at(words, found[0]) in known.oclock:
        return found[0] + 1, found[1], None
    if not (found := known.before_hour.find(words, at)):
        return None
    end, minutes = found
    hour = _count(word_at(words, end), known)
    if hour is None or not 1 <= hour <= _NOON:
        return None
    end += 1
    if spoken := known.halves.find(words, end) if end < len(words) else None:
        return spoken[0], *_clock(hour, minutes, spoken[1])
    ends = word_at(words, end) in known.oclock
    sure = (
        ends
        or (words[at].isascii() and words[at] in word_set("parts_of_hour", "places"))
        or ends_clock(words, end, known)
    )
    return (end + ends, *_clock(hour, minutes, None)) if sure else None


def _number(words: Sequence[str], at: int, before: str, known: TimeWords) -> _Read | None:
    """ "5 pm", "5pm", "5:30", "5-6 pm", "5 to 6 pm", "5 30 pm", "paanch baje", "at 5"."""
    if ranged := _range(words, at, before, known):
        return ranged
    word, is_about = _without_about(words[at], known)
    match = CLOCK.fullmatch(word)
    hour = int(match[1]) if match else known.numbers.get(words[at])
    minute = int(match[3] or 0) if match else 0
    if hour is None or hour >= _DAY or minute >= _HOUR:
        return None
    end, half = at + 1, match[4] if match else None
    if match and not match[3] and not half and _are_minutes(words, end, known):
        minute, end = int(words[end]), end + 1
    if not half and (spoken := known.halves.find(words, end)):
        end, half = spoken
    if half and 1 <= hour <= _NOON:  # "17:00 pm" is read as 17:00, below
        return end, *_clock(hour, minute, half)
    spelled = word_at(words, end) in known.oclock | known.about
    written = match is not None and (match[2] == ":" or (match[3] and before in known.at))
    led = before in known.at | known.around or (is_about and match)
    bare = led and 0 < hour <= _LATEST_BARE and ends_clock(words, end, known)
    if half or spelled or written or bare:
        return end + spelled, f"{hour:02}:{minute:02}", None
    return None


def _without_about(word: str, known: TimeWords) -> tuple[str, bool]:
    """The word without an ending for "about", and whether it had one: "5ish" and "5-ish" are 5."""
    for ending in known.about:
        if word.endswith(ending) and word[0].isdecimal():
            return word.removesuffix(ending).rstrip("-"), True
    return word, False


def _are_minutes(words: Sequence[str], at: int, known: TimeWords) -> bool:
    """Whether the word is minutes behind an hour: the 30 of "5 30 pm"."""
    return bool(MINUTES.fullmatch(word_at(words, at)) and known.halves.find(words, at + 1))


def _range(words: Sequence[str], at: int, before: str, known: TimeWords) -> _Read | None:
    """The first time of a range: "5-6 pm", "5 to 6 pm", "5 se 6 baje", "between 5 and 6"."""
    stuck = _RANGE.fullmatch(words[at])
    if stuck:
        first, end, half = int(stuck[1]), at + 1, stuck[3]
    else:
        count = _count(words[at], known)
        if count is None or word_at(words, at + 1) not in known.ranges:
            return None
        match = CLOCK.fullmatch(word_at(words, at + 2))
        if not match and _count(word_at(words, at + 2), known) is None:
            return None
        first, end, half = count, at + 3, match[4] if match else None
    if not half and end < len(words) and (spoken := known.halves.find(words, end)):
        end, half = spoken
    if half:
        return (end, *_clock(first, 0, half)) if 1 <= first <= _NOON else None
    if word_at(words, end) in known.oclock and first < _DAY:
        return end + 1, f"{first:02}:00", None
    if before in known.around and 0 < first <= _LATEST_BARE and ends_clock(words, end, known):
        return end, f"{first:02}:00", None
    return None


def _clock(hour: int, minutes: int, half: str | None) -> tuple[str, str | None]:
    if half:
        hour = hour % _NOON + (_NOON if half == "pm" else 0)
    total = hour * _HOUR + minutes
    if not half and total < _HOUR:  # "paune ek": a quarter to one is 12:45
        total += _NOON * _HOUR
    return f"{total // _HOUR % _DAY:02}:{total % _HOUR:02}", half


def ends_clock(words: Sequence[str], at: int, known: TimeWords) -> bool:
    """Whether no word stands there that a number before it could count."""
    word = word_at(words, at)
    ends = known.follows | known.goes_on | known.oclock
    if not word or word in ends or known.parts.find(words, at):
        return True
    if word == ",":
        behind = word_at(words, at + 1)
        counts = behind.isdecimal() or behind in known.numbers
        return not behind or counts or ends_clock(words, at + 1, known)
    return not any(letter.isalnum() for letter in word) and word not in {"/", "-", "%", "#"}


def _count(word: str, known: TimeWords) -> int | None:
    return int(word) if word.isdecimal() and len(word) <= 2 else known.numbers.get(word)  # noqa: PLR2004


def word_at(words: Sequence[str], at: int) -> str:
    """The word at a place, "" outside of the message."""
    return words[at] if 0 <= at < len(words) else ""
