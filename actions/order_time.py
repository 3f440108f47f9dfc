"""When an order is wanted: now, or at a time that the shop offers."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, tzinfo
from typing import Any

from actions.closed import moment_in_words, say_closed
from actions.place_questions import make_tap
from actions.terms import SAYS_TERMS, Terms
from actions.turn import Turn
from shop.fulfilment import slots
from shop.fulfilment.said_times import resolve_said_day, resolve_said_time
from shop.fulfilment.slots import Slot, Wanted
from shop.fulfilment.zones import Delivery
from shop.language.moments import describe_clock, describe_day
from shop.opening.reading import read_schedule, read_settings
from shop.opening.schedule import Schedule
from shop.opening.state import OpeningState, opening_state
from storage import engine
from storage.models import ShopSettings

# "In half an hour" is approximate; a greater difference is said.
A_WHILE = timedelta(minutes=10)
WHY_NOT: dict[slots.WhyNot, str] = {
    "too_far": "utter_time_too_far",
    "closed": "utter_time_closed",
    "too_soon": "utter_time_too_soon",
    "full": "utter_time_full",
    "too_early": "utter_time_not_possible",
}


@dataclass(frozen=True)
class Times:
    """The times that the shop offers at this moment, for a way and a delivery."""

    turn: Turn
    settings: ShopSettings
    schedule: Schedule
    state: OpeningState
    wanted: Wanted

    @property
    def zone(self) -> tzinfo:
        return self.schedule.zone

    def days(self) -> list[date]:
        """The days that have a free time."""
        return slots.free_days(self.turn.session, self.settings, self.schedule, self.wanted)

    def of_day(self, day: date) -> list[Slot]:
        """The free times of a day."""
        return slots.free_slots(self.turn.session, self.settings, self.schedule, day, self.wanted)

    def why_not(self, moment: datetime) -> slots.WhyNot:
        """Why an order cannot be due then, if it cannot."""
        return slots.why_not_free(self.settings, self.schedule, moment, self.wanted)

    def are_free_at(self, moment: datetime) -> bool:
        """Whether an order can be due exactly then."""
        return slots.is_time_free(
            self.turn.session, self.settings, self.schedule, moment, self.wanted
        )


def read_times(turn: Turn, terms: Terms, delivery: Delivery | None) -> Times:
    """The times that can be offered now."""
    settings, now = read_settings(turn.session), engine.now(turn.session)
    schedule = read_schedule(turn.session, settings, now)
    wanted = Wanted(now, terms.fulfilment or "pickup", delivery.minutes if delivery else None)
    return Times(turn, settings, schedule, opening_state(settings, schedule, now), wanted)


def take_said_time(times: Times, terms: Terms) -> tuple[Terms, bool]:
    """The terms with the time that was said, in this message or before; False if the chosen one is
    not available."""
    said = said_now(times.turn) or terms.said_time
    terms = replace(terms, said_time=None)
    if said and said.get("now"):
        return terms.at(None), True
    if said:
        terms = with_said_time(times, terms, said)
    if terms.due_at is None:
        return terms, True
    if not is_part_of_day(said) and times.are_free_at(terms.due_at):
        return terms.at(terms.due_at), True
    near = slots.nearest_slots(times.of_day(terms.due_at.date()), terms.due_at)
    if not near or (not said and near[0].start != terms.due_at):
        say_why_not(times, terms.due_at)
        return terms.at(None), False
    if is_another_time(times, near[0].start, terms.due_at, said):
        say_why_not(times, terms.due_at)
        say_nearest(times, near)
    return terms.at(near[0].start), True


def say_why_not(times: Times, moment: datetime) -> None:
    """Says that a moment cannot be had, and why: closed, full, too soon or too far ahead."""
    why = times.why_not(moment)
    time = moment_in_words(times.turn, moment, times.state.now)
    times.turn.say(WHY_NOT[why], time=time, days=times.settings.order_ahead_days)


def say_nearest(times: Times, near: Sequence[Slot]) -> None:
    """Says which time is taken instead, and which other one is as good."""
    moments = [moment_in_words(times.turn, slot.start, times.state.now) for slot in near]
    if len(moments) == 1:
        times.turn.say("utter_nearest_time", nearest=moments[0])
    else:
        times.turn.say("utter_nearest_times", nearest=moments[0], other=moments[1])


def said_now(turn: Turn) -> dict[str, Any] | None:
    """The time that this message names for the order."""
    said: dict[str, Any] | None = turn.entity("time")
    return said if turn.intent in SAYS_TERMS and turn.typed else None


def is_part_of_day(said: dict[str, Any] | None) -> bool:
    """Whether only a part of the day was said, "in the evening", so that any time in it will do."""
    return bool(said and said.get("part") and not said.get("clock"))


def is_another_time(
    times: Times, start: datetime, wanted: datetime, said: dict[str, Any] | None
) -> bool:
    """Whether a time differs from the one that was given.

    A clock time differs by any amount, minutes from now by more than a while; a day or a part of a
    day has no time to differ from.
    """
    if not said or start == wanted:
        return False
    if said.get("in_minutes"):
        return abs(start - wanted) > A_WHILE
    return bool(said.get("clock"))


def with_said_time(times: Times, terms: Terms, said: dict[str, Any]) -> Terms:
    """The terms with the said moment, or with the day whose times are to be offered; says so if the
    shop takes no orders ahead."""
    if not times.settings.order_ahead_days:
        times.turn.say("utter_for_now_only", time=said["text"])
        return terms
    if moment := moment_said(times, terms, said):
        return terms.at(moment.astimezone(times.zone))
    day = resolve_said_day(said, heard_at(times, said), times.schedule.zone)
    if day is None:
        times.turn.say("utter_time_not_possible", time=said["text"])
    elif day != times.state.now.date():
        return replace(terms, day=day.isoformat(), due_at=None, asks_time=True)
    return terms


def moment_said(times: Times, terms: Terms, said: dict[str, Any]) -> datetime | None:
    """The moment that the words name; without a day it is on the day that was chosen before."""
    day = terms.day or (terms.due_at and times.schedule.local(terms.due_at).date().isoformat())
    is_of_day = said.get("clock") or said.get("part")
    candidates = [{**said, "day": f"date:{day}"}] if day and is_of_day and not said["day"] else []
    here, schedule = heard_at(times, said), times.schedule
    for each in (*candidates, said):
        if moment := resolve_said_time(each, here, schedule.zone, schedule.is_open):
            return to_whole_minute(moment)
    return None


def to_whole_minute(moment: datetime) -> datetime:
    """The moment, or the first whole minute after it: "in 20 minutes" is said at any second."""
    whole = moment.replace(second=0, microsecond=0)
    return whole if whole == moment else whole + timedelta(minutes=1)


def heard_at(times: Times, said: dict[str, Any]) -> datetime:
    """The moment when a time was said: "in 20 minutes" counts from then."""
    before = said.get("heard_at")
    return datetime.fromisoformat(before) if before else times.state.now


def ask_time(times: Times, terms: Terms) -> bool:
    """Offers days, or the times of one; False if there are none."""
    turn, days = times.turn, times.days()
    if not days:
        return False
    if not times.state.is_open:
        say_closed(turn, times.state)
    day = date.fromisoformat(terms.day) if terms.day else None
    if day not in days:
        day = days[0] if len(days) == 1 else None
    rows = [soonest_row(turn)] if times.state.is_open else []
    rows += [time_row(times, slot) for slot in times.of_day(day)] if day else []
    rows += [] if day else [day_row(times, each) for each in days]
    page = {"name": "choose_time", "page": int(turn.entity("page") or 1)}
    turn.dispatcher.utter_message(
        response="utter_ask_time", buttons=rows, json_message=page if turn.on_whatsapp else None
    )
    return True


def soonest_row(turn: Turn) -> dict[str, str]:
    return make_tap(turn.word("as_soon_as_possible"), "choose_time", "slot", "now")


def time_row(times: Times, slot: Slot) -> dict[str, str]:
    """A time to tap on, with its day below."""
    language = times.turn.language
    title = describe_clock(slot.start, language)
    day = describe_day(slot.start.date(), times.state.now, language)
    return make_tap(title, "choose_time", "slot", slot.start.isoformat(timespec="minutes"), day)


def day_row(times: Times, day: date) -> dict[str, str]:
    """A day to tap on; its times come next."""
    title = describe_day(day, times.state.now, times.turn.language)
    return make_tap(title, "choose_time", "day", day.isoformat())


def with_tapped_time(terms: Terms, slot: str | None, day: str | None) -> Terms:
    """The terms with a time or a day that was tapped."""
    if slot == "now":
        return terms.at(None)
    if slot:
        return terms.at(datetime.fromisoformat(slot))
    return replace(terms, day=day, due_at=None) if day else terms
