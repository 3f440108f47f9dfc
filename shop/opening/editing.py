"""Reads and stores the shop's hours and settings from the owner's forms."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal, InvalidOperation
from itertools import pairwise
from typing import Any, get_args
from zoneinfo import available_timezones

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from shop.whatsapp.phone_numbers import parse_phone
from storage.models import Fulfilment, OpeningException, OpeningHours, ShopSettings

WEEKDAYS = range(1, 8)
WAYS: tuple[Fulfilment, ...] = get_args(Fulfilment)
LONGEST_NAME = 60
LONGEST_NOTE = 200
# The lowest and highest value of each column.
BOUNDS = {
    "preparation_minutes": (0, 1440),
    "accept_within_minutes": (1, 1440),
    "order_ahead_days": (0, 60),
    "slot_minutes": (5, 240),
}


class Unfit(ValueError):
    """The shop cannot be like this; `problems` says why by field."""

    def __init__(self, problems: dict[str, str]) -> None:
        super().__init__("; ".join(problems.values()))
        self.problems = problems


@dataclass(frozen=True)
class Stretch:
    """A stretch of hours as two typed times: `09:00`, `13:30`."""

    opens: str
    closes: str


def read_week(session: Session) -> dict[int, list[Stretch]]:
    """The weekly hours by weekday; no stretch at all: always open."""
    rows = session.scalars(select(OpeningHours).order_by(OpeningHours.weekday, OpeningHours.opens))
    week: dict[int, list[Stretch]] = {day: [] for day in WEEKDAYS}
    for row in rows:
        week[row.weekday].append(Stretch(f"{row.opens:%H:%M}", f"{row.closes:%H:%M}"))
    return week


def save_week(session: Session, week: Mapping[int, Sequence[Stretch]]) -> None:
    """Replaces the weekly hours; none on any day means always open.

    Raises:
        Unfit: a time is missing or none, or two stretches of a day overlap.
    """
    problems, rows = {}, []
    for day in WEEKDAYS:
        try:
            found = _day(week.get(day, ()))
        except ValueError as problem:
            problems[f"day.{day}"] = str(problem)
            continue
        rows += [OpeningHours(weekday=day, opens=opens, closes=closes) for opens, closes in found]
    if problems:
        raise Unfit(problems)
    session.execute(delete(OpeningHours))
    session.add_all(rows)


def save_exception(session: Session, day: str, stretches: Sequence[Stretch], note: str) -> None:
    """Sets the hours of one day, in the place of earlier ones; none: closed.

    Raises:
        Unfit
    """
    problems = {}
    try:
        on = date.fromisoformat(day)
    except ValueError:
        problems["day"] = "Which day? Choose one."
    try:
        hours: list[tuple[time | None, time | None]] = [*_day(stretches)]
    except ValueError as problem:
        problems["opens"] = str(problem)
    if len(note) > LONGEST_NOTE:
        problems["note"] = f"At most {LONGEST_NOTE} characters."
    if problems:
        raise Unfit(problems)
    remove_exception(session, on)
    session.add_all(
        OpeningException(day=on, opens=opens, closes=closes, note=note or None)
        for opens, closes in hours or [(None, None)]
    )


def remove_exception(session: Session, day: date) -> None:
    """The hours of the week hold on that day again."""
    session.execute(delete(OpeningException).where(OpeningException.day == day))


@dataclass(frozen=True)
class SettingsForm:
    """The settings as typed: everything is text except the checkboxes."""

    values: Mapping[str, str]
    ways: Sequence[str]


def save_settings(
    session: Session, settings: ShopSettings, form: SettingsForm
) -> dict[str, tuple[Any, Any]]:
    """Stores the changed settings; returns them by column, before and after.

    Raises:
        Unfit
    """
    problems: dict[str, str] = {}
    wanted = _read_settings(form, problems)
    if problems:
        raise Unfit(problems)
    changed = {}
    for column, after in wanted.items():
        before = getattr(settings, column)
        if before != after:
            setattr(settings, column, after)
            changed[column] = (before, after)
    session.flush()
    return changed


def _read_settings(form: SettingsForm, problems: dict[str, str]) -> dict[str, Any]:
    values = form.values
    name = " ".join(values["shop_name"].split())
    if not 0 < len(name) <= LONGEST_NAME:
        problems["shop_name"] = f"1 to {LONGEST_NAME} characters."
    if values["time_zone"] not in available_timezones():
        problems["time_zone"] = "No time zone has this name. Write it like Asia/Kolkata."
    ways = [way for way in WAYS if way in form.ways]
    if not ways:
        problems["fulfilment"] = "Customers need at least one way to get their order."
    phone = None
    try:
        phone = parse_phone(values["alarm_phone"]) if values["alarm_phone"].strip() else None
    except ValueError:
        problems["alarm_phone"] = "A phone number, such as 98000 00001 or +44 7700 900123."
    numbers = {column: _whole(values[column], column, problems) for column in BOUNDS}
    capacity = values["slot_capacity"]
    return {
        "shop_name": name,
        "time_zone": values["time_zone"],
        "fulfilment": ways,
        "alarm_phone": phone,
        "accepts_orders": "by_staff" if values["accepts_orders"] == "by_staff" else "automatically",
        "when_unaccepted": "cancel" if values["when_unaccepted"] == "cancel" else "remind",
        **numbers,
        "slot_capacity": _whole(capacity, "slot_capacity", problems, (1, 10_000))
        if capacity
        else None,
        "minimum_order": read_rupees(values["minimum_order"] or "0", "minimum_order", problems),
    }


def _whole(
    written: str, column: str, problems: dict[str, str], bounds: tuple[int, int] | None = None
) -> int | None:
    least, most = bounds or BOUNDS[column]
    if not re.fullmatch(r"[0-9]{1,6}", written) or not least <= int(written) <= most:
        problems[column] = f"A whole number from {least} to {most}."
        return None
    return int(written)


def read_rupees(written: str, field: str, problems: dict[str, str]) -> Decimal | None:
    """An amount in rupees: `40`, `39.50`; anything else is a problem of the field."""
    try:
        amount = Decimal(written.removeprefix("₹").strip())
    except InvalidOperation:
        amount = Decimal(-1)
    if not amount.is_finite() or not 0 <= amount < Decimal(10) ** 8 or amount != round(amount, 2):
        problems[field] = "An amount in rupees, such as 40 or 39.50."
        return None
    return amount


def _day(stretches: Sequence[Stretch]) -> list[tuple[time, time]]:
    """The hours of a day in order; raises ValueError with what is wrong."""
    found = []
    for one in stretches:
        if not one.opens and not one.closes:
            continue
        if not one.opens or not one.closes:
            raise ValueError("Each time needs its other one.")
        found.append((_clock(one.opens), _clock(one.closes)))
    found.sort()
    for (opens, closes), (following, _) in pairwise(found):
        if closes <= opens or following < closes:
            raise ValueError("These hours overlap.")
    return found


def _clock(written: str) -> time:
    if not re.fullmatch(r"([01]?\d|2[0-3]):[0-5]\d", written):
        raise ValueError("Write times like 09:30; midnight is 00:00.")
    hour, minute = written.split(":")
    return time(int(hour), int(minute))
