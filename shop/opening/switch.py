"""The one switch on top of the console: Open, Busy, Paused, Closed.

Each function changes the settings within the caller's transaction; orders that are
placed afterwards see them.
"""

from datetime import UTC, datetime, timedelta
from typing import Literal

from sqlalchemy.orm import Session

from shop.opening.reading import read_schedule, read_settings_to_change
from shop.opening.schedule import Schedule
from shop.opening.state import FOREVER_YEAR, busy_minutes, is_paused
from storage import engine
from storage.models import ShopSettings

FOREVER = datetime(FOREVER_YEAR, 12, 1, tzinfo=UTC)
BUSY_MINUTES = 20
BUSY_FOR = timedelta(hours=1)
PAUSE = timedelta(minutes=30)

Position = Literal["open", "busy", "paused", "closed"]


def switch_position(settings: ShopSettings, schedule: Schedule, now: datetime) -> Position:
    """The position of the switch; a pause that ends when the shop opens again is *Closed*."""
    if is_paused(settings, now):
        is_closed = settings.paused_until == (schedule.next_opening(now) or FOREVER)
        return "closed" if is_closed or not schedule.is_open(now) else "paused"
    if not schedule.is_open(now):
        return "closed"
    return "busy" if busy_minutes(settings, now) else "open"


def open_shop(session: Session) -> ShopSettings:
    """Ends pause and rush; outside its hours the shop stays closed."""
    settings = read_settings_to_change(session)
    settings.paused_until = settings.pause_note = settings.busy_until = None
    settings.busy_minutes = 0
    return settings


def set_busy(
    session: Session, minutes: int = BUSY_MINUTES, lasting: timedelta = BUSY_FOR
) -> ShopSettings:
    """For some time, orders are promised so many minutes later."""
    settings = open_shop(session)
    settings.busy_minutes, settings.busy_until = minutes, engine.now(session) + lasting
    return settings


def pause_for(
    session: Session, lasting: timedelta = PAUSE, note: str | None = None
) -> ShopSettings:
    """Pauses orders for some time."""
    return pause_until(session, engine.now(session) + lasting, note)


def pause_until_tomorrow(session: Session, note: str | None = None) -> ShopSettings:
    """Pauses orders until the first opening of tomorrow, or of the next day that has one."""
    now = engine.now(session)
    schedule = read_schedule(session, read_settings_to_change(session), now)
    tomorrow = schedule.local(now).date() + timedelta(days=1)
    return pause_until(session, schedule.opens_on_or_after(tomorrow) or FOREVER, note)


def pause_until_reopened(session: Session, note: str | None = None) -> ShopSettings:
    """Pauses orders until somebody opens the shop."""
    return pause_until(session, FOREVER, note)


def close_until_next_opening(session: Session, note: str | None = None) -> ShopSettings:
    """Pauses orders until the next opening; a shop that never closes stays paused."""
    now = engine.now(session)
    schedule = read_schedule(session, read_settings_to_change(session), now)
    return pause_until(session, schedule.next_opening(now) or FOREVER, note)


def pause_until(session: Session, moment: datetime, note: str | None = None) -> ShopSettings:
    """Pauses orders until a moment; customers who try to order are told the `note`."""
    settings = read_settings_to_change(session)
    settings.paused_until, settings.pause_note = moment, (note or "").strip() or None
    return settings
