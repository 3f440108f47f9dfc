"""Slots of random shops against an oracle that looks at every minute of the day."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from shop.fulfilment.slots import Slot, nearest_slots, slot_starts
from shop.opening.schedule import Hours, Schedule

DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
clock_times = st.builds(time, st.integers(0, 23), st.sampled_from([0, 15, 30, 45]))
hours = st.lists(st.builds(Hours, clock_times, clock_times), max_size=2).map(tuple)
schedules = st.builds(
    Schedule,
    st.sampled_from(["Asia/Kolkata", "Europe/Berlin", "America/New_York"]).map(ZoneInfo),
    st.dictionaries(st.integers(1, 7), hours, max_size=7),
)
days = st.sampled_from([date(2026, 3, 8), date(2026, 3, 29), date(2026, 10, 25), date(2026, 6, 1)])


def oracle(schedule, day, preparation, step):
    """Every minute that is a whole number of steps after an opening and its preparation."""
    openings = [each for n in range(-3, 2) for each in schedule.openings(day + n * DAY)]
    first = datetime.combine(day, time(), UTC) - DAY
    for minute in (first + n * MINUTE for n in range(3 * 1440)):
        since = [
            (minute - each.start - preparation * MINUTE) / MINUTE
            for each in openings
            if minute < each.end
        ]
        is_on_the_day = minute.astimezone(schedule.zone).date() == day
        if is_on_the_day and any(passed >= 0 and passed % step == 0 for passed in since):
            yield minute


@given(schedules, days, st.sampled_from([0, 15, 40]), st.sampled_from([15, 30, 45, 60]))
@examples(max_examples=60, deadline=None)
def test_slots_as_the_oracle_says(schedule, day, preparation, step):
    found = slot_starts(schedule, day, preparation, step)
    assert found == list(oracle(schedule, day, preparation, step))


def test_a_typed_time_finds_the_slots_around_it():
    slots = [Slot(datetime(2026, 12, 1, hour, 15, tzinfo=UTC)) for hour in (10, 11, 12)]
    first, second, third = slots
    assert nearest_slots(slots, datetime(2026, 12, 1, 11, 15, tzinfo=UTC)) == [second]
    assert nearest_slots(slots, datetime(2026, 12, 1, 10, 30, tzinfo=UTC)) == [first, second]
    assert nearest_slots(slots, datetime(2026, 12, 1, 10, 45, tzinfo=UTC)) == [second, first]
    assert nearest_slots(slots, datetime(2026, 12, 1, 9, tzinfo=UTC)) == [first]
    assert nearest_slots(slots, datetime(2026, 12, 1, 20, tzinfo=UTC)) == [third]
    assert nearest_slots([], datetime(2026, 12, 1, 20, tzinfo=UTC)) == []
