"""Formats a moment on the shop's clock for customers: `tomorrow at 5:30 PM`."""

from datetime import date, datetime, timedelta

from shop.language.responses import format_response

# From which hour on each part of the day has its word (data/responses/terms_words.yml).
PARTS = ((20, "night"), (16, "evening"), (12, "afternoon"), (4, "morning"), (0, "late_night"))


def describe_moment(moment: datetime, now: datetime, language: str | None = None) -> str:
    """The moment seen from now: `at 5:30 PM`, `tomorrow at 10:00 AM`, `Sat 5 Dec at 10:00 AM`.

    `now` is in the shop's time zone, by which both are read.
    """
    local = moment.astimezone(now.tzinfo)
    clock = describe_clock(local, language)
    if local.date() == now.date():
        return format_response("utter_word_moment_today", language, clock=clock)
    day = describe_day(local.date(), now, language)
    return format_response("utter_word_moment", language, day=day, clock=clock)


def describe_day(day: date, now: datetime, language: str | None = None) -> str:
    """A day of the shop's calendar seen from now: `today`, `tomorrow`, `Sat 5 Dec`."""
    if day == now.date():
        return format_response("utter_word_today", language)
    if day == now.date() + timedelta(days=1):
        return format_response("utter_word_tomorrow", language)
    return describe_date(day, language)


def describe_date(day: date, language: str | None = None) -> str:
    """A day of the calendar: `Sat 5 Dec`."""
    weekday = format_response(f"utter_word_weekday_{day.isoweekday()}", language)
    month = format_response(f"utter_word_month_{day.month}", language)
    return format_response(
        "utter_word_date", language, weekday=weekday, day=str(day.day), month=month
    )


def describe_clock(local: datetime, language: str | None = None) -> str:
    """The time of day of a moment that is in the shop's zone already: `5:30 PM`."""
    part = next(name for first, name in PARTS if local.hour >= first)
    clock = f"{local.hour % 12 or 12}:{local.minute:02}"
    return format_response(f"utter_word_{part}", language, clock=clock)
