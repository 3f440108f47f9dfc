"""Whether the shop takes orders at this moment, and why not.

The words for customers are in data/responses.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy.orm import Session

from shop.opening.reading import read_schedule, read_settings
from shop.opening.schedule import DayHours, Schedule
from storage import engine
from storage.models import ShopSettings

# From this year on a pause means "until I reopen" and has no end to tell.
FOREVER_YEAR = 9999

Condition = Literal["open", "paused", "closed"]


@dataclass(frozen=True)
class OpeningState:
    """The state of the shop now; moments are in its time zone.

    condition: `paused` counts before `closed`. closes_at: when the hours end; None if it is
    closed or never closes. opens_at: when orders are taken again; None if they are taken now, or
    nobody knows when. note: of the pause, else of today's exception. today: the hours that
    start today.
    """

    now: datetime
    condition: Condition
    closes_at: datetime | None
    opens_at: datetime | None
    note: str | None
    today: DayHours

    @property
    def is_open(self) -> bool:
        return self.condition == "open"


def read_opening_state(session: Session, now: datetime | None = None) -> OpeningState:
    """The state at this moment, by the database's clock."""
    now = now or engine.now(session)
    settings = read_settings(session)
    return opening_state(settings, read_schedule(session, settings, now), now)


def opening_state(settings: ShopSettings, schedule: Schedule, now: datetime) -> OpeningState:
    """The state at a moment, from settings and hours that the caller has read."""
    local, paused = schedule.local(now), is_paused(settings, now)
    condition: Condition = "paused" if paused else "open" if schedule.is_open(now) else "closed"
    closes, opens = schedule.closes_at(now), orders_from(settings, schedule, now)
    today = schedule.day_hours(local.date())
    return OpeningState(
        local,
        condition,
        schedule.local(closes) if closes else None,
        schedule.local(opens) if opens and condition != "open" else None,
        (settings.pause_note or None) if paused else today.note,
        today,
    )


def is_paused(settings: ShopSettings, now: datetime) -> bool:
    """Whether orders are paused, whatever the hours say."""
    return settings.paused_until is not None and settings.paused_until > now


def orders_from(settings: ShopSettings, schedule: Schedule, now: datetime) -> datetime | None:
    """The first moment from now on at which orders are taken; None if unknown."""
    if settings.paused_until is None or settings.paused_until <= now:
        return schedule.next_open(now)
    if settings.paused_until.year >= FOREVER_YEAR:
        return None
    return schedule.next_open(settings.paused_until)


def busy_minutes(settings: ShopSettings, now: datetime) -> int:
    """The minutes that are added to every promise while the shop is busy."""
    is_busy = settings.busy_until is not None and settings.busy_until > now
    return settings.busy_minutes if is_busy else 0


def week_hours(schedule: Schedule, now: datetime, days: int = 7) -> list[DayHours]:
    """The hours of today and the days after it."""
    today = schedule.local(now).date()
    return [schedule.day_hours(today + timedelta(days=ahead)) for ahead in range(days)]
