"""The parts of a said time, and what they say together."""

from collections.abc import Sequence
from dataclasses import dataclass

from shop.fulfilment.said_times import SaidTime

_NOON = 12


@dataclass(frozen=True)
class Piece:
    """Words (first to last, exclusive) that say a part of a time."""

    first: int
    last: int
    says: SaidTime


def join_pieces(pieces: Sequence[Piece]) -> SaidTime:
    """Joins the pieces into one time; if two say the same part, the first one counts."""
    day = clock = half = part = in_minutes = None
    now = False
    for says in (piece.says for piece in pieces):
        day = _surer_day(day, says.day)
        if clock is None and in_minutes is None:
            clock, in_minutes, half = says.clock, says.in_minutes, says.half
        part = part or says.part
        now = now or says.now
    clock, half = _with_part(clock, half, part)
    timed = clock or in_minutes is not None or part or day
    return SaidTime(day, clock, half, in_minutes, part, now and not timed)


def _surer_day(one: str | None, other: str | None) -> str | None:
    """The first of two days; a date before a day of the week: "friday 1st jan"."""
    if one and other and one.startswith("weekday:") and other.startswith("date:"):
        return other
    return one or other


def _with_part(
    clock: str | None, half: str | None, part: str | None
) -> tuple[str | None, str | None]:
    """The clock time and its half of the day, settled by the part of the day.

    "shaam 6 baje" is 18:00, "raat 12 baje" midnight, "raat 1 baje" 01:00."""
    if clock is None or half or not part:
        return clock, half
    hour, minute = (int(number) for number in clock.split(":"))
    if not 0 < hour <= _NOON:
        return clock, half
    half = _half_of(part, hour)
    return f"{hour % _NOON + (_NOON if half == 'pm' else 0):02}:{minute:02}", half


def _half_of(part: str, hour: int) -> str:
    if part == "morning":
        return "am"
    if part == "night":
        return "am" if hour == _NOON or hour <= 4 else "pm"  # noqa: PLR2004 - until dawn
    if part == "noon":
        return "am" if hour in {10, 11} else "pm"
    return "pm"
