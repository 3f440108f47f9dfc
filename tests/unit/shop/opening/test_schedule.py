"""Random hours, exceptions, clocks against an oracle that tries every offset and every minute."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import settings as examples
from hypothesis import strategies as st

from shop.opening.schedule import Hours, Schedule, moment_of

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
# With the local days around which their clocks change; Cairo's and Azores' do so at midnight.
CLOCKS = {
    "Asia/Kolkata": [date(2026, 11, 30)],
    "Asia/Kathmandu": [date(2026, 3, 1)],
    "Europe/Berlin": [date(2026, 3, 29), date(2026, 10, 25)],
    "America/New_York": [date(2026, 3, 8), date(2026, 11, 1)],
    "Australia/Lord_Howe": [date(2026, 4, 5), date(2026, 10, 4)],
    "Africa/Cairo": [date(2024, 4, 26), date(2024, 11, 1)],
    "Atlantic/Azores": [date(2026, 3, 29), date(2026, 10, 25)],
    "America/Sao_Paulo": [date(2018, 2, 18), date(2018, 11, 4)],
}
OFFSETS = [timedelta(minutes=15 * n) for n in range(-48, 57)]

clock_times = st.builds(time, st.integers(0, 23), st.sampled_from([0, 15, 30, 45, 59]))
hours = st.builds(Hours, clock_times, clock_times) | st.builds(
    lambda opens: Hours(opens, opens), clock_times
)
stretches = st.lists(hours, max_size=3).map(tuple)


@st.composite
def shops(draw):
    """A schedule, and a moment on a whole minute near one of its clock's changes."""
    zone = draw(st.sampled_from(sorted(CLOCKS)))
    around = draw(st.sampled_from(CLOCKS[zone]))
    near = st.integers(-3, 3).map(lambda days: around + days * DAY)
    schedule = Schedule(
        ZoneInfo(zone),
        draw(st.dictionaries(st.integers(1, 7), stretches, max_size=7)),
        draw(st.dictionaries(near, stretches, max_size=3)),
    )
    midnight = datetime.combine(around, time(), UTC)
    return schedule, midnight + draw(st.integers(-2 * 1440, 2 * 1440)) * MINUTE


def on_the_wall(moment: datetime, zone: ZoneInfo) -> datetime:
    return moment.astimezone(zone).replace(tzinfo=None)


def oracle_moment(wall: datetime, zone: ZoneInfo, is_end: bool) -> datetime:
    """Of all moments at which the clock shows this the first or last; in a gap, by going back."""
    possible = [wall.replace(tzinfo=UTC) - offset for offset in OFFSETS]
    shown = [moment for moment in possible if on_the_wall(moment, zone) == wall]
    if not shown:
        return oracle_moment(wall - 15 * MINUTE, zone, is_end) + 15 * MINUTE
    return max(shown) if is_end else min(shown)


def oracle_openings(schedule: Schedule, around: date, days: int):
    for day in (around + n * DAY for n in range(-3, days)):
        weekly = schedule.weekly.get(day.isoweekday(), ()) if schedule.weekly else None
        of_day = weekly if weekly is not None else (Hours(time(), time()),)
        for each in schedule.exceptions.get(day, of_day):
            end = day + DAY if each.closes <= each.opens else day
            yield (
                oracle_moment(datetime.combine(day, each.opens), schedule.zone, is_end=False),
                oracle_moment(datetime.combine(end, each.closes), schedule.zone, is_end=True),
            )


@given(shops())
@examples(max_examples=150, deadline=None)
def test_open_as_the_oracle_says(shop):
    schedule, moment = shop
    openings = list(oracle_openings(schedule, on_the_wall(moment, schedule.zone).date(), 2))
    assert schedule.is_open(moment) == any(start <= moment < end for start, end in openings)


@given(shops())
@examples(max_examples=100, deadline=None)
def test_opens_and_closes_next_as_the_oracle_says(shop):
    schedule, moment = shop
    openings = list(oracle_openings(schedule, on_the_wall(moment, schedule.zone).date(), 6))

    def is_open(at):
        return any(start <= at < end for start, end in openings)

    minutes = [moment + n * MINUTE for n in range(3 * 1440)]
    opens = next((at for at in minutes if is_open(at)), None)
    found = schedule.next_open(moment)
    assert found == opens or (opens is None and (found is None or found > minutes[-1]))
    if is_open(moment):
        closes = next((at for at in minutes if not is_open(at)), None)
        found = schedule.closes_at(moment)
        assert found == closes or (closes is None and (found is None or found > minutes[-1]))


@given(shops(), st.booleans())
def test_a_time_on_the_wall_is_the_oracles_moment(shop, is_end):
    schedule, moment = shop
    wall = on_the_wall(moment, schedule.zone).replace(second=0)
    # Of the quarter hours alone: the oracle goes back over a gap in such steps.
    assume(wall.minute % 15 == 0)
    assert moment_of(wall, schedule.zone, int(is_end)) == oracle_moment(wall, schedule.zone, is_end)


INDIA, BERLIN = ZoneInfo("Asia/Kolkata"), ZoneInfo("Europe/Berlin")
WEEK = {1: (Hours(time(9), time(12)), Hours(time(18), time(2)))}


@pytest.mark.parametrize(
    ("wall", "is_open"),
    [
        ("2026-11-30 08:59", False),  # a Monday
        ("2026-11-30 09:00", True),
        ("2026-11-30 11:59", True),
        ("2026-11-30 12:00", False),
        ("2026-11-30 18:00", True),
        ("2026-12-01 01:59", True),
        ("2026-12-01 02:00", False),
        ("2026-12-01 09:00", False),
    ],
)
def test_breaks_and_hours_past_midnight(wall, is_open):
    moment = moment_of(datetime.fromisoformat(wall), INDIA)
    assert Schedule(INDIA, WEEK).is_open(moment) is is_open


def test_an_exception_leaves_yesterdays_hours_past_midnight():
    closed_on_tuesday = Schedule(INDIA, WEEK, {date(2026, 12, 1): ()})
    assert closed_on_tuesday.is_open(moment_of(datetime(2026, 12, 1, 1, 30), INDIA))
    closed_on_monday = Schedule(INDIA, WEEK, {date(2026, 11, 30): ()})
    assert not closed_on_monday.is_open(moment_of(datetime(2026, 12, 1, 1, 30), INDIA))


def test_no_rows_are_always_open_but_for_exceptions():
    schedule = Schedule(BERLIN, {}, {date(2026, 12, 25): (), date(2026, 12, 26): WEEK[1]})
    assert schedule.closes_at(moment_of(datetime(2026, 6, 1, 12), BERLIN)) is None
    christmas = moment_of(datetime(2026, 12, 25, 15), BERLIN)
    assert not schedule.is_open(christmas)
    assert schedule.next_open(christmas) == moment_of(datetime(2026, 12, 26, 9), BERLIN)
    assert schedule.closes_at(christmas - DAY) == moment_of(datetime(2026, 12, 25), BERLIN)


def test_equal_times_are_24_hours():
    schedule = Schedule(INDIA, {1: (Hours(time(9), time(9)),)})
    assert schedule.is_open(moment_of(datetime(2026, 12, 1, 8, 59), INDIA))
    assert not schedule.is_open(moment_of(datetime(2026, 12, 1, 9), INDIA))


def test_a_gap_moves_opening_forward_and_a_doubled_hour_counts_from_first_to_second():
    schedule = Schedule(BERLIN, {7: (Hours(time(2, 30), time(5)),)})
    assert schedule.next_open(datetime(2026, 3, 29, tzinfo=UTC)) == datetime(
        2026, 3, 29, 1, 30, tzinfo=UTC
    )  # 03:30 on the wall
    doubled = Schedule(BERLIN, {7: (Hours(time(2, 30), time(2, 45)),)})
    assert doubled.openings(date(2026, 10, 25))[0].start.hour == 0  # 02:30, the first time
    assert doubled.openings(date(2026, 10, 25))[0].end.hour == 1  # 02:45, the second time


def test_a_shop_that_never_opens_has_no_next_opening():
    never = Schedule(INDIA, {1: ()}, {})
    assert never.next_open(datetime(2026, 1, 1, tzinfo=UTC)) is None
    assert never.next_opening(datetime(2026, 1, 1, tzinfo=UTC)) is None
