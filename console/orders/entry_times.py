"""When an order entered by staff is wanted: the times that are offered, and one that was typed."""

from datetime import datetime, time

from sqlalchemy.orm import Session

from console.forms import Form
from console.orders.entry_problems import UnfitEntry
from console.translation import say
from shop.fulfilment.slots import Wanted, free_slots, order_days
from shop.opening.reading import read_schedule, read_settings, shop_zone
from shop.opening.schedule import moment_of
from storage import engine

# The times of a day: the value for the form, and the clock's.
DayTimes = tuple[str, list[tuple[str, str]]]


def offered_times(session: Session) -> list[DayTimes]:
    """The times that can be ordered for, by day; empty if only now is possible."""
    settings, now = read_settings(session), engine.now(session)
    schedule = read_schedule(session, settings, now)
    found = []
    for day in order_days(settings, schedule, now):
        slots = free_slots(session, settings, schedule, day, Wanted(now))
        times = [(slot.start.isoformat(), f"{slot.start:%H:%M}") for slot in slots]
        if times:
            found.append((f"{say(f'{day:%A}')}, {day.day} {say(f'{day:%b}')}", times))
    return found


def read_due_at(session: Session, form: Form) -> datetime | None:
    """The time that is wanted; None for as soon as possible.

    An exact time is on the day of the chosen one; without a chosen one it is today's.

    Raises:
        UnfitEntry: it is no time.
    """
    chosen, exact = _chosen_time(form.text("due_at")), form.text("exact_time")
    if not exact:
        return chosen
    try:
        clock = time.fromisoformat(exact).replace(tzinfo=None)
    except ValueError:
        raise UnfitEntry({"due_at": "A time, such as 18:40."}) from None
    zone = shop_zone(read_settings(session))
    day = (chosen or engine.now(session)).astimezone(zone).date()
    return moment_of(datetime.combine(day, clock), zone)


def _chosen_time(typed: str) -> datetime | None:
    """One of the offered times; None for ""."""
    if not typed:
        return None
    try:
        found = datetime.fromisoformat(typed)
    except ValueError:
        found = None
    if found is None or found.tzinfo is None:
        raise UnfitEntry({"due_at": "Choose one of the times."})
    return found
