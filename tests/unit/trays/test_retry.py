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


def test_a_rate_lets_go_evenly_after_a_burst():
    now = 0.0
    rate = Rate(10, burst=3, clock=lambda: now)
    assert rate.admit(5) == 3
    for at in (0.1, 0.2, 0.3):
        assert rate.wait() == pytest.approx(at - now)
        assert rate.admit(1) == 0
        now = at
        assert rate.admit(5) == 1
    now = 100.0
    assert [rate.admit(2), rate.admit(2)] == [2, 1]


def test_who_does_not_go_takes_nobodys_place():
    rate = Rate(10, burst=2, clock=lambda: 0.0)
    for _ in range(5):
        assert rate.admit(4) == 2
        rate.refund(2)


def test_without_a_limit_all_may_go():
    rate = Rate(float("inf"))
    assert (rate.admit(1000), rate.wait()) == (1000, 0)
