"""Times, phone numbers and counts as people say them."""

from contextvars import copy_context
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from console import wording


@pytest.mark.parametrize(
    ("digits", "said"),
    [
        ("919800000001", "+91 98000 00001"),
        ("14155550100", "+14155550100"),
        (None, "no number"),
        ("", "no number"),
    ],
)
def test_phone_numbers(digits, said):
    assert wording.format_phone(digits) == said


@pytest.mark.parametrize(
    ("passed", "said"),
    [
        (timedelta(seconds=-5), "now"),
        (timedelta(seconds=59), "now"),
        (timedelta(minutes=1), "1 min"),
        (timedelta(minutes=59, seconds=59), "59 min"),
        (timedelta(hours=23), "23 h"),
        (timedelta(days=1), "1 day"),
        (timedelta(days=400), "400 days"),
    ],
)
def test_how_long_ago(passed, said):
    assert wording.format_ago(wording.local_now() - passed - timedelta(milliseconds=1)) == said


def test_moments_of_today_and_before():
    now = wording.local_now()
    assert wording.format_moment(now).startswith("today")
    assert wording.format_moment(wording.local_midnight() - timedelta(minutes=1)).startswith(
        "yesterday 23:59"
    )
    assert str(now.year - 2) in wording.format_moment(now - timedelta(days=730))
    assert wording.format_moment(None) == "never"


def test_moments_to_come():
    tomorrow = wording.local_midnight() + timedelta(days=1, hours=9)
    assert wording.format_moment(tomorrow) == "tomorrow 09:00"
    later = wording.local_now() + timedelta(days=3)
    assert wording.format_moment(later).startswith(f"{later.day} {later:%b}")


def test_times_are_those_of_the_shops_zone():
    def read():
        wording.use_zone(ZoneInfo("America/New_York"))
        noon = datetime(2026, 3, 8, 16, tzinfo=UTC)  # the clocks go forward on this day
        return wording.format_clock(noon), wording.local_midnight(noon)

    clock, midnight = copy_context().run(read)
    assert clock == "12:00"
    assert midnight == datetime(2026, 3, 8, 5, tzinfo=UTC)
    assert wording.format_clock(datetime(2026, 3, 8, 16, tzinfo=UTC)) == "21:30"


def test_details_of_the_log_are_readable():
    assert wording.format_detail({"a": [1, None], "b": True}) == "a: 1, –, b: yes"


@pytest.mark.parametrize(
    ("agent", "said"),
    [
        ("Mozilla/5.0 (Linux; Android 14) AppleWebKit Chrome/120 Mobile Safari", "Chrome, Android"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17) AppleWebKit Version/17 Safari", "Safari, iPhone"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/120 Safari Edg/120", "Edge, Windows"),
        ("curl/8", "Another device"),
    ],
)
def test_devices(agent, said):
    assert wording.browser_name(agent) == said
