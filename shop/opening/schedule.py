"""The shop's hours: when it is open, until when, and when it opens next.

Everything is calculated in UTC: two local times of one zone compare by what the clock shows, which
is wrong in the hour that a clock shows twice.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

_DAY = timedelta(days=1)
# An opening may have begun so many days ago.
_DAYS_BEFORE = 2
# How many days ahead the next opening, or the end of the current one, is searched.
_HORIZON = 400
_CLOSES_WITHIN = 14
MIDNIGHT = time(0)


@dataclass(frozen=True, order=True)
class Hours:
    """Opening hours by the clock; `closes` before `opens`: past midnight, equal: 24 hours."""

    opens: time
    closes: time


@dataclass(frozen=True, order=True)
class Opening:
    """A stretch of time in UTC in which the shop is open; `end` is the first moment after it."""

    start: datetime
    end: datetime

    def holds(self, moment: datetime) -> bool:
        return self.start <= moment < self.end


@dataclass(frozen=True)
class DayHours:
    """The hours of a day in order (none: closed), and the note of an exception."""

    day: date
    hours: tuple[Hours, ...]
    note: str | None = None


@dataclass(frozen=True)
class Schedule:
    """Weekly hours by weekday (1 Monday ... 7 Sunday) and other hours by day.

    No weekly hours at all: open around the clock, but for the exceptions. `exceptions` replace
    all weekly hours that start on their day.
    """

    zone: ZoneInfo
    weekly: Mapping[int, tuple[Hours, ...]] = field(default_factory=dict)
    exceptions: Mapping[date, tuple[Hours, ...]] = field(default_factory=dict)
    notes: Mapping[date, str] = field(default_factory=dict)

    def local(self, moment: datetime) -> datetime:
        """The moment as the shop's clock shows it."""
        return moment.astimezone(self.zone)

    def day_hours(self, day: date) -> DayHours:
        """The hours that start on a day."""
        return DayHours(day, tuple(sorted(self._hours_of(day))), self.notes.get(day))

    def openings(self, day: date) -> list[Opening]:
        """The openings that start on a day, in order, without any that lie in a clock's gap."""
        found = (self._opening(day, hours) for hours in self._hours_of(day))
        return sorted(opening for opening in found if opening.start < opening.end)

    def is_open(self, moment: datetime) -> bool:
        """Whether a moment is within the hours, regardless of a pause."""
        return any(opening.holds(moment) for opening in self._around(moment))

    def closes_at(self, moment: datetime) -> datetime | None:
        """When the opening at a moment ends; openings without a gap between them count as one.

        None if it is closed then, or does not close within two weeks.
        """
        if not self.is_open(moment):
            return None
        end = moment
        for opening in self._from(moment, _CLOSES_WITHIN):
            if opening.start > end:
                return end
            end = max(end, opening.end)
        return None

    def next_open(self, moment: datetime) -> datetime | None:
        """The first moment from this one on at which it is open; None if none is found."""
        if self.is_open(moment):
            return moment
        return next((each.start for each in self._from(moment) if each.start > moment), None)

    def next_opening(self, moment: datetime) -> datetime | None:
        """When it opens next after the opening of this moment, if any, has ended."""
        if not self.is_open(moment):
            return self.next_open(moment)
        end = self.closes_at(moment)
        return self.next_open(end) if end else None

    def opens_on_or_after(self, day: date) -> datetime | None:
        """The first start of an opening on this day or a later one."""
        for ahead in range(_HORIZON):
            if openings := self.openings(day + ahead * _DAY):
                return openings[0].start
        return None

    def time_open(self, since: datetime, until: datetime) -> timedelta:
        """How long it was open between two moments; of a longer time only the last month counts."""
        first = max(self.local(since).date(), self.local(until).date() - 31 * _DAY)
        days = (self.local(until).date() - first).days + _DAYS_BEFORE + 1
        total, reached = timedelta(), since
        for ahead in range(days):
            for opening in self.openings(first + (ahead - _DAYS_BEFORE) * _DAY):
                start, end = max(opening.start, reached), min(opening.end, until)
                if start < end:
                    total, reached = total + (end - start), end
        return total

    def latest_first_opening(self, moment: datetime) -> datetime | None:
        """The first opening of the latest day that has opened by this moment."""
        today = self.local(moment).date()
        for back in range(_HORIZON):
            openings = self.openings(today - back * _DAY)
            if openings and openings[0].start <= moment:
                return openings[0].start
        return None

    def _hours_of(self, day: date) -> tuple[Hours, ...]:
        if day in self.exceptions:
            return self.exceptions[day]
        if not self.weekly:
            return (Hours(MIDNIGHT, MIDNIGHT),)
        return self.weekly.get(day.isoweekday(), ())

    def _opening(self, day: date, hours: Hours) -> Opening:
        last = day + _DAY if hours.closes <= hours.opens else day
        start = moment_of(datetime.combine(day, hours.opens), self.zone)
        return Opening(start, moment_of(datetime.combine(last, hours.closes), self.zone, fold=1))

    def _around(self, moment: datetime) -> Iterator[Opening]:
        today = self.local(moment).date()
        for back in range(_DAYS_BEFORE, -1, -1):
            yield from self.openings(today - back * _DAY)

    def _from(self, moment: datetime, days: int = _HORIZON) -> Iterator[Opening]:
        """Openings from those around a moment on, by their start."""
        first = self.local(moment).date() - _DAYS_BEFORE * _DAY
        for ahead in range(_DAYS_BEFORE + days):
            yield from self.openings(first + ahead * _DAY)


def moment_of(wall: datetime, zone: ZoneInfo, fold: int = 0) -> datetime:
    """A local time as a moment in UTC.

    A time in a clock's gap moves forward by the gap; of a time that comes twice `fold` says
    which: 0 the first, 1 the second.
    """
    first = wall.replace(tzinfo=zone, fold=0).astimezone(UTC)
    if first.astimezone(zone).replace(tzinfo=None) != wall:
        return first
    return wall.replace(tzinfo=zone, fold=fold).astimezone(UTC)
