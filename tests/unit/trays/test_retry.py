"""Waiting: retries, pace and rate."""

import pytest

from trays.rate import Rate
from trays.retry import CROWDED, MOST_TURNS, TURNS, Pace, Retry


@pytest.mark.parametrize(("tries", "most"), [(0, 0.2), (1, 0.4), (5, 6.4), (9, 30), (10**6, 30)])
def test_waits_double_up_to_the_longest(tries, most):
    for _ in range(50):
        assert most / 2 <= TURNS.delay(tries) <= most


def test_a_crowded_customer_waits_four_times_as_long_each_time():
    assert [Retry(1, 1024, 4).factor ** n for n in range(4)] == [1, 4, 16, 64]
    assert 32 <= CROWDED.delay(3) <= 64


def test_all_turns_are_tried_within_two_minutes():
    assert sum(TURNS.delay(n) for n in range(MOST_TURNS - 1)) < 120


def test_a_burst_leaves_room_in_what_whatsapp_allows():
    assert Pace().credit + Pace().seconds <= 45 * 6


@pytest.mark.anyio
async def test_a_rate_spreads_callers_evenly_after_a_burst():
    now, waits = 0.0, []

    async def sleep(seconds):
        waits.append(round(seconds, 3))

    rate = Rate(10, burst=3, clock=lambda: now, sleep=sleep)
    for _ in range(5):
        await rate.admit()
    assert waits == [0.1, 0.2]
    now = 100.0
    for _ in range(4):
        await rate.admit()
    assert waits == [0.1, 0.2, 0.1]


@pytest.mark.anyio
async def test_who_does_not_go_takes_nobodys_place():
    waits = []

    async def sleep(seconds):
        waits.append(seconds)

    rate = Rate(10, burst=1, clock=lambda: 0.0, sleep=sleep)
    for _ in range(5):
        await rate.admit()
        rate.refund()
    assert waits == []


@pytest.fixture
def anyio_backend():
    return "asyncio"
