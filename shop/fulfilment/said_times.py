"""A time that a customer said, and the moment that it means."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

_NOON, _DAWN = 12, 5
# Without opening hours, an hour without AM or PM is the one in the daytime.
_AWAKE = range(7, 22)
# When a part of the day begins and ends, and its hour if none is named.
_PARTS = {
    "morning": (6, 12, 9),
    "noon": (12, 15, 12),
    "afternoon": (12, 17, 15),
    "evening": (16, 21, 18),
    "night": (19, 24, 20),
}
_STEP = timedelta(minutes=30)
_DAYS_OF_A_WEEK = 7
_MOST_MONTHS = 96  # until the next 29th of February, and the next 31st

IsOpen = Callable[[datetime], bool]


@dataclass(frozen=True)
class SaidTime:
    """A time exactly as it was said.

    day: "today", "tomorrow", "day_after", "weekday:5", "date:2026-12-05", "date:--12-05" (any
    year) or "date:---05" (any month). clock: "17:00"; where `half` is None and the hour is 1 to 12
    it may be either half of the day. part: "morning", "noon", "afternoon", "evening", "night".
    """

    day: str | None = None
    clock: str | None = None
    half: str | None = None
    in_minutes: int | None = None
    part: str | None = None
    now: bool = False

    def as_value(self) -> dict[str, Any]:
        """The value for an entity."""
        return asdict(self)

    @classmethod
    def of(cls, value: Mapping[str, Any]) -> "SaidTime":
        """Reads an entity's value; missing parts were not said."""
        return cls(
            **{name: value.get(name) for name in ("day", "clock", "half", "in_minutes", "part")},
            now=bool(value.get("now")),
        )


def resolve_said_time(
    said: Mapping[str, Any], now: datetime, zone: ZoneInfo, is_open: IsOpen | None = None
) -> datetime | None:
    """The moment meant by a `time` entity's value, aware and in the zone.

    A time that has passed means the next one. None if only a day was said, or a day and time that
    have passed. An hour without AM or PM is the next one in the daytime at which `is_open` holds,
    else the next one at night; if none does, or without hours, the next one in the daytime.
    """
    meant, here = SaidTime.of(said), now.astimezone(zone)
    if meant.now:
        return here
    if meant.in_minutes is not None:
        later = now.astimezone(UTC) + timedelta(minutes=meant.in_minutes)
        return later.astimezone(zone)
    if meant.clock:
        return _at_clock(meant, here, zone, is_open)
    return _in_part(meant, here, zone, is_open) if meant.part else None


def resolve_said_day(said: Mapping[str, Any], now: datetime, zone: ZoneInfo) -> date | None:
    """The day meant by a `time` entity's value; None if none was named, or one that is past."""
    meant = SaidTime.of(said)
    days = _days(meant, now.astimezone(zone).date()) if meant.day else iter(())
    return next(days, None)


def _at_clock(
    meant: SaidTime, here: datetime, zone: ZoneInfo, is_open: IsOpen | None
) -> datetime | None:
    ahead = [
        moment
        for day in _days(meant, here.date())
        for moment in _moments(meant, day, zone)
        if moment > here
    ]
    awake = [moment for moment in ahead if moment.hour in _AWAKE]
    by_day, opened = awake if meant.half is None else ahead, [*filter(is_open, ahead)]
    if is_open and opened:
        return next((moment for moment in by_day if moment in opened), opened[0])
    return next(iter(awake or ahead), None)


def _moments(meant: SaidTime, day: date, zone: ZoneInfo) -> list[datetime]:
    """The clock time on a day, as AM and PM if unclear; "raat 1 baje" belongs to the day before."""
    clock = time.fromisoformat(meant.clock or "")
    if meant.half is None and 1 <= clock.hour <= _NOON:
        hours = sorted({clock.hour % _NOON, clock.hour % _NOON + _NOON})
    else:
        hours = [clock.hour]
    if meant.day and meant.part == "night" and clock.hour < _DAWN:
        day += timedelta(days=1)
    return [_local(day, clock.replace(hour=hour), zone) for hour in hours]


def _in_part(
    meant: SaidTime, here: datetime, zone: ZoneInfo, is_open: IsOpen | None
) -> datetime | None:
    """A moment in a part of the day: its usual hour, else the first future one that is open."""
    begins, ends, usual = _PARTS[meant.part or ""]
    fallback: datetime | None = None
    for day in _days(meant, here.date()):
        usual_moment = _local(day, time(usual), zone)
        start, end = (
            _local(day, time(begins), zone),
            _local(day + timedelta(days=ends // 24), time(ends % 24), zone),
        )
        if here >= end:
            continue
        steps = [start + _STEP * n for n in range((ends - begins) * 2)]
        moments = [m for m in (usual_moment, here, *steps) if m >= here and start <= m < end]
        fallback = fallback or next(iter(moments), None)
        if is_open is None:
            break
        if opened := next(filter(is_open, moments), None):
            return opened
    return fallback


def _days(meant: SaidTime, today: date) -> Iterator[date]:
    """The days that are meant, the nearest first, without past ones."""
    named, _, which = (meant.day or "").partition(":")
    if not named:
        yield from (today + timedelta(days=ahead) for ahead in range(_DAYS_OF_A_WEEK + 1))
    elif named == "weekday":
        first = today + timedelta(days=(int(which) - today.isoweekday()) % _DAYS_OF_A_WEEK)
        yield from (first, first + timedelta(days=_DAYS_OF_A_WEEK))
    elif named == "date":
        yield from _dates(which, today)
    else:
        yield today + timedelta(days=("today", "tomorrow", "day_after").index(named))


def _dates(which: str, today: date) -> Iterator[date]:
    """ "2026-12-05", the next two of "--12-05" (any year) and of "---05" (any month)."""
    if not which.startswith("-"):
        if (day := date.fromisoformat(which)) >= today:
            yield day
        return
    parts = [int(part) for part in which.split("-") if part]
    found = 0
    for ahead in range(_MOST_MONTHS + 1):
        years, month = divmod(today.month - 1 + ahead, 12)
        try:
            day = date(today.year + years, month + 1, parts[-1])
        except ValueError:
            continue
        if day >= today and (len(parts) == 1 or parts[0] == day.month):
            yield day
            found += 1
            if found == 2:  # noqa: PLR2004
                return


def _local(day: date, clock: time, zone: ZoneInfo) -> datetime:
    """A clock time of a day in the zone; in a clock's gap it moves forward."""
    moment = datetime.combine(day, clock, zone)
    return moment.astimezone(UTC).astimezone(zone)
