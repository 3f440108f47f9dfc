"""The debt to one customer."""

import pytest

from emulator.pair_rate import BURST, PairRate

ASHA = "919800000001"


@pytest.fixture
def exhausted() -> PairRate:
    rate = PairRate()
    for _ in range(BURST):
        assert rate.allows(ASHA)
        rate.count_message(ASHA)
    return rate


def test_a_burst_is_allowed_and_no_more(exhausted):
    assert not exhausted.allows(ASHA)
    assert exhausted.allows("919800000002")


def test_after_a_burst_the_whole_debt_must_drain(exhausted):
    assert not exhausted.allows(ASHA)
    exhausted.pass_time(ASHA, 200)
    assert not exhausted.allows(ASHA)
    exhausted.pass_time(ASHA, 71)
    assert exhausted.allows(ASHA)


def test_one_message_in_six_seconds_goes_on_for_ever():
    rate = PairRate()
    for _ in range(3 * BURST):
        assert rate.allows(ASHA)
        rate.count_message(ASHA)
        rate.pass_time(ASHA, 6)


def test_it_can_be_switched_off(exhausted):
    exhausted.enforced = False
    assert exhausted.allows(ASHA)
