"""Answers when the shop is open, from its hours: what is true now, then the week."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from itertools import groupby

from actions.closed import say_closed
from actions.turn import Turn
from shop.faq import answers
from shop.fulfilment.said_times import resolve_said_day
from shop.language.moments import describe_clock, describe_date, describe_moment
from shop.opening.reading import read_schedule, read_settings
from shop.opening.schedule import DayHours, Hours, Schedule
from shop.opening.state import OpeningState, opening_state, week_hours
from storage import engine

# Two days in a row are both named; more of them as the first to the last.
_PAIR = 2


def say_hours(turn: Turn) -> bool:
    """Says whether the shop is open now and the hours of the next seven days; of another day that
    the question names, its hours.

    False if there are no hours: then the owner's answer is sent, or that the shop never closes.
    A pause is always said.
    """
    settings, now = read_settings(turn.session), engine.now(turn.session)
    schedule = read_schedule(turn.session, settings, now)
    state, week = opening_state(settings, schedule, now), week_hours(schedule, now)
    has_hours = bool(schedule.weekly) or any(day.day in schedule.exceptions for day in week)
    if has_hours and (day := other_day(turn, state, schedule)):
        say_day(turn, state, schedule.day_hours(day))
        return True
    if not state.is_open:
        say_closed(turn, state)
    elif has_hours:
        say_open(turn, state)
    if state.condition == "closed" and settings.order_ahead_days:
        turn.say("utter_order_ahead")
    if has_hours:
        turn.say("utter_week_hours", lines="\n".join(week_lines(turn, schedule, week)))
    return has_hours or not (state.is_open or own_hours(turn))


def other_day(turn: Turn, state: OpeningState, schedule: Schedule) -> date | None:
    """The day that the question names, if it is another one than today."""
    said = turn.entity("time") if turn.typed else None
    day = resolve_said_day(said, state.now, schedule.zone) if said else None
    return None if day == state.now.date() else day


def say_day(turn: Turn, state: OpeningState, day: DayHours) -> None:
    """Says the hours of one day, and that orders are paused if they are."""
    if state.condition == "paused":
        say_closed(turn, state)
    hours = hours_in_words(turn, day.hours)
    hours = f"{hours} ({day.note})" if day.note else hours
    turn.say("utter_day_hours", day=describe_date(day.day, turn.language), hours=hours)


def own_hours(turn: Turn) -> str | None:
    """The hours as the owner has written them."""
    return answers.find_own_answer(turn.session, turn.entity("topic") or "hours", turn.language)


def say_open(turn: Turn, state: OpeningState) -> None:
    """Says that the shop is open, and until when."""
    if state.closes_at is None:
        turn.say("utter_open_now")
    elif state.closes_at.date() == state.now.date():
        clock = describe_clock(state.closes_at, turn.language)
        turn.say("utter_open_until", closes=turn.word("clock_today", clock=clock))
    else:
        closes = describe_moment(state.closes_at, state.now, turn.language)
        turn.say("utter_open_until", closes=closes)


def week_lines(turn: Turn, schedule: Schedule, week: list[DayHours]) -> Iterator[str]:
    """From Monday to Sunday, a line for days in a row with the same hours; other hours of one day
    stand with its date."""
    days = sorted(week, key=lambda day: day.day.isoweekday())

    def shared(day: DayHours) -> object:
        return day.day if day.day in schedule.exceptions else day.hours

    for _, found in groupby(days, shared):
        same = list(found)
        hours, note = hours_in_words(turn, same[0].hours), same[0].note
        if same[0].day in schedule.exceptions:
            named = describe_date(same[0].day, turn.language)
        else:
            named = days_in_words(turn, same, whole_week=len(same) == len(week))
            note = None
        yield f"{named}: {hours} ({note})" if note else f"{named}: {hours}"


def days_in_words(turn: Turn, days: list[DayHours], *, whole_week: bool) -> str:
    """`Every day`, `Mon`, `Sat, Sun`, `Mon to Fri`."""
    if whole_week:
        return turn.word("every_day")
    names = [turn.word(f"weekday_{day.day.isoweekday()}") for day in days]
    if len(names) > _PAIR:
        return turn.word("days_span", first=names[0], last=names[-1])
    return ", ".join(names)


def hours_in_words(turn: Turn, hours: Iterable[Hours]) -> str:
    """`8:00 AM to 10:00 PM`, with a break `8:00 AM to 1:00 PM, 4:00 PM to 10:00 PM`; `closed`."""
    spans = [
        turn.word("whole_day")
        if each.opens == each.closes
        else turn.word(
            "hours_span", opens=clock_of(turn, each.opens), closes=clock_of(turn, each.closes)
        )
        for each in hours
    ]
    return ", ".join(spans) or turn.word("closed_day")


def clock_of(turn: Turn, hour: time) -> str:
    return describe_clock(datetime.combine(datetime.min, hour), turn.language)
