"""The slots for orders ahead: within the hours, every so many minutes, not full.

The list offers their starts. A time between them can be had, too: it counts for the slot in which
it lies.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Literal

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from shop.fulfilment.promises import lead_minutes
from shop.opening.schedule import Schedule
from storage.models import Fulfilment, Order, ShopSettings

_DAY = timedelta(days=1)

# How many days before a moment its opening may have begun.
_DAYS_BEFORE = 2
# Why a moment cannot be had; `too_early`: the shop has opened, but nothing is prepared yet.
WhyNot = Literal["too_far", "closed", "too_soon", "full", "too_early"]


@dataclass(frozen=True)
class Slot:
    """A time in the shop's own zone, and how many orders it still takes (None: any number)."""

    start: datetime
    left: int | None = None


@dataclass(frozen=True)
class Wanted:
    """From when on and for which way a slot is wanted, since it must be far enough ahead."""

    now: datetime
    way: Fulfilment = "pickup"
    delivery_minutes: int | None = None


def slot_starts(
    schedule: Schedule, day: date, preparation_minutes: int, slot_minutes: int
) -> list[datetime]:
    """The slots of a day of the shop's calendar, in UTC; those past midnight are the next day's.

    They start at each opening plus preparation, every `slot_minutes`, before it closes.
    """
    found = set()
    step = timedelta(minutes=slot_minutes)
    for back in range(_DAYS_BEFORE, -1, -1):
        for opening in schedule.openings(day - back * _DAY):
            start = opening.start + timedelta(minutes=preparation_minutes)
            while start < opening.end:
                if schedule.local(start).date() == day:
                    found.add(start)
                start += step
    return sorted(found)


def order_days(settings: ShopSettings, schedule: Schedule, now: datetime) -> list[date]:
    """The days that can be ordered for; empty if orders are only for now."""
    if not settings.order_ahead_days:
        return []
    today = schedule.local(now).date()
    return [today + ahead * _DAY for ahead in range(settings.order_ahead_days + 1)]


def free_slots(
    session: Session,
    settings: ShopSettings,
    schedule: Schedule,
    day: date,
    wanted: Wanted,
) -> list[Slot]:
    """The slots of a day that are neither full nor too soon, in order."""
    if day not in order_days(settings, schedule, wanted.now):
        return []
    soonest = soonest_slot(settings, wanted)
    starts = [
        start
        for start in slot_starts(schedule, day, settings.preparation_minutes, settings.slot_minutes)
        if start >= soonest
    ]
    if settings.slot_capacity is None:
        return [Slot(schedule.local(start)) for start in starts]
    taken = count_taken(session, starts, settings.slot_minutes)
    return [
        Slot(schedule.local(start), settings.slot_capacity - taken[start])
        for start in starts
        if taken[start] < settings.slot_capacity
    ]


def free_days(
    session: Session, settings: ShopSettings, schedule: Schedule, wanted: Wanted
) -> list[date]:
    """The days that have a free slot."""
    days = order_days(settings, schedule, wanted.now)
    return [day for day in days if free_slots(session, settings, schedule, day, wanted)]


def nearest_slots(slots: Iterable[Slot], moment: datetime) -> list[Slot]:
    """The slot at a moment; else the last before it and the first after it, the nearer one first,
    of two that are as near the later one."""
    ordered = sorted(slots, key=lambda slot: slot.start)
    before = [slot for slot in ordered if slot.start < moment]
    later = [slot for slot in ordered if slot.start >= moment]
    if later and later[0].start == moment:
        return later[:1]
    return sorted([*later[:1], *before[-1:]], key=lambda slot: abs(slot.start - moment))


def why_not_free(
    settings: ShopSettings, schedule: Schedule, moment: datetime, wanted: Wanted
) -> WhyNot:
    """Why a moment is none of the free slots."""
    days = order_days(settings, schedule, wanted.now)
    if days and schedule.local(moment).date() > days[-1]:
        return "too_far"
    if not schedule.is_open(moment):
        return "closed"
    if moment < soonest_slot(settings, wanted):
        return "too_soon"
    return "full" if find_slot(settings, schedule, moment, wanted.now) else "too_early"


def soonest_slot(settings: ShopSettings, wanted: Wanted) -> datetime:
    """No slot before this moment can be made in time."""
    lead = lead_minutes(settings, wanted.now, wanted.way, wanted.delivery_minutes)
    return wanted.now + timedelta(minutes=lead)


def find_slot(
    settings: ShopSettings, schedule: Schedule, moment: datetime, now: datetime
) -> datetime | None:
    """The start, in UTC, of the slot in which a moment lies, even if that is full.

    None outside the days that can be ordered for, outside the hours, or before what is prepared
    from the opening on is ready.
    """
    moment, day = moment.astimezone(UTC), schedule.local(moment).date()
    if day not in order_days(settings, schedule, now):
        return None
    lead = timedelta(minutes=settings.preparation_minutes)
    step = timedelta(minutes=settings.slot_minutes)
    around = (schedule.openings(day - back * _DAY) for back in range(_DAYS_BEFORE + 1))
    firsts = [each.start + lead for found in around for each in found if moment < each.end]
    starts = [moment - (moment - first) % step for first in firsts if first <= moment]
    return max(starts, default=None)


def is_time_free(
    session: Session, settings: ShopSettings, schedule: Schedule, moment: datetime, wanted: Wanted
) -> bool:
    """Whether an order can be due exactly then: its slot has room, and it is not too soon."""
    slot = find_slot(settings, schedule, moment, wanted.now)
    if slot is None or moment < soonest_slot(settings, wanted):
        return False
    if settings.slot_capacity is None:
        return True
    return count_taken(session, [slot], settings.slot_minutes)[slot] < settings.slot_capacity


def count_taken(
    session: Session,
    starts: Sequence[datetime],
    slot_minutes: int,
    but_for: str | None = None,
) -> Counter[datetime]:
    """How many orders, without cancelled ones, each slot has; `but_for`: one to leave out."""
    if not starts:
        return Counter()
    length = timedelta(minutes=slot_minutes)
    query = select(Order.due_at).where(
        Order.due_at.is_not(None),
        Order.due_at >= starts[0],
        Order.due_at < starts[-1] + length,
        Order.status != "cancelled",
        Order.order_id.is_distinct_from(but_for),
    )
    due = [moment for moment in session.scalars(query) if moment]
    return Counter(
        {start: sum(start <= moment < start + length for moment in due) for start in starts}
    )


def lock_slots(session: Session) -> None:
    """Locks all slots until this transaction ends; call it after locking the settings."""
    session.execute(text("SELECT lock_slots()"))
