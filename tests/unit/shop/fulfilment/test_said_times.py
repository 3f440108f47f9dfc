"""The moment that is meant by what a customer says of a time."""

from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as some

from shop.fulfilment.said_times import resolve_said_day, resolve_said_time

KOLKATA = ZoneInfo("Asia/Kolkata")
BERLIN = ZoneInfo("Europe/Berlin")
MONDAY_AT_2 = datetime(2026, 11, 30, 14, 0, tzinfo=KOLKATA)


def resolve(said: dict[str, Any]) -> str | None:
    moment = resolve_said_time(said, MONDAY_AT_2, KOLKATA)
    return moment and f"{moment:%a %d %H:%M}"


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ({"now": True}, "Mon 30 14:00"),
        ({"in_minutes": 30}, "Mon 30 14:30"),
        ({"clock": "05:00"}, "Mon 30 17:00"),
        ({"clock": "10:00"}, "Tue 01 10:00"),
        ({"clock": "12:00"}, "Tue 01 12:00"),
        ({"clock": "13:00", "half": "pm"}, "Tue 01 13:00"),
        ({"day": "today", "clock": "05:00"}, "Mon 30 17:00"),
        ({"day": "today", "clock": "09:00", "half": "am"}, None),
        ({"day": "tomorrow", "clock": "10:00", "half": "am"}, "Tue 01 10:00"),
        ({"day": "day_after", "clock": "06:00"}, "Wed 02 18:00"),
        ({"day": "weekday:1", "clock": "17:00"}, "Mon 30 17:00"),
        ({"day": "weekday:1", "clock": "09:00", "half": "am"}, "Mon 07 09:00"),
        ({"day": "weekday:5", "clock": "16:00", "half": "pm"}, "Fri 04 16:00"),
        ({"day": "date:2026-12-05", "clock": "11:00", "half": "am"}, "Sat 05 11:00"),
        ({"day": "date:2026-11-05", "clock": "11:00", "half": "am"}, None),
        ({"day": "date:--12-05", "clock": "11:00", "half": "am"}, "Sat 05 11:00"),
        ({"day": "date:---05", "clock": "11:00", "half": "am"}, "Sat 05 11:00"),
        ({"day": "today", "clock": "01:00", "half": "am", "part": "night"}, "Tue 01 01:00"),
        ({"part": "evening"}, "Mon 30 18:00"),
        ({"part": "morning"}, "Tue 01 09:00"),
        ({"part": "afternoon"}, "Mon 30 15:00"),
        ({"day": "tomorrow"}, None),
        ({}, None),
    ],
)
def test_said_times(said: dict[str, Any], meant: str | None) -> None:
    assert resolve(said) == meant


def test_an_ambiguous_hour_is_the_next_one_within_opening_hours() -> None:
    def only_before_dawn(moment: datetime) -> bool:
        return moment.hour == 5

    meant = resolve_said_time({"clock": "05:00"}, MONDAY_AT_2, KOLKATA, only_before_dawn)
    assert meant == datetime(2026, 12, 1, 5, 0, tzinfo=KOLKATA)


def test_where_nothing_is_open_the_hour_of_the_day_is_meant() -> None:
    meant = resolve_said_time({"clock": "05:00"}, MONDAY_AT_2, KOLKATA, lambda _: False)
    assert meant == datetime(2026, 11, 30, 17, 0, tzinfo=KOLKATA)


def test_an_hour_that_may_be_either_is_one_of_the_day_where_it_is_always_open() -> None:
    meant = resolve_said_time({"clock": "01:45"}, MONDAY_AT_2, KOLKATA, lambda _: True)
    assert meant == datetime(2026, 12, 1, 13, 45, tzinfo=KOLKATA)


def test_now_may_be_told_in_another_zone() -> None:
    meant = resolve_said_time({"clock": "05:00"}, MONDAY_AT_2.astimezone(UTC), KOLKATA)
    assert meant == datetime(2026, 11, 30, 17, 0, tzinfo=KOLKATA)


def test_in_a_clocks_gap_the_time_moves_forward() -> None:
    now = datetime(2026, 3, 28, 12, 0, tzinfo=BERLIN)
    meant = resolve_said_time({"day": "tomorrow", "clock": "02:30", "half": "am"}, now, BERLIN)
    assert meant is not None
    assert f"{meant:%d %H:%M}" == "29 03:30"


def test_days() -> None:
    assert resolve_said_day({"day": "tomorrow"}, MONDAY_AT_2, KOLKATA) == date(2026, 12, 1)
    assert resolve_said_day({"day": "date:--02-29"}, MONDAY_AT_2, KOLKATA) == date(2028, 2, 29)
    assert resolve_said_day({"clock": "05:00"}, MONDAY_AT_2, KOLKATA) is None


@given(
    now=some.datetimes(datetime(2026, 1, 1), datetime(2030, 1, 1), timezones=some.just(UTC)),
    hour=some.integers(0, 23),
    minute=some.integers(0, 59),
    zone=some.sampled_from([KOLKATA, BERLIN]),
)
def test_a_clock_time_without_a_day_is_ahead(
    now: datetime, hour: int, minute: int, zone: ZoneInfo
) -> None:
    meant = resolve_said_time({"clock": f"{hour:02}:{minute:02}"}, now, zone)
    assert meant is not None
    assert now < meant
    assert (meant - now).total_seconds() < 49 * 3600
