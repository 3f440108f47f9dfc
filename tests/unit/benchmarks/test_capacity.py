"""The arithmetic of what shops need."""

import pytest

from benchmarks.capacity import DEMANDS, Measured, needs

MEASURED = Measured(
    cpu={"Rasa workers": 60.0, "PostgreSQL": 12.0, "sender": 6.0, "driver and Graph": 2.0},
    memory={"Rasa workers": 512.0, "PostgreSQL": 256.0, "sender": 128.0, "console": 128.0},
    at_rest=0.6,
)


@pytest.fixture
def figures() -> dict[str, float]:
    return {figure.what: figure.ours for figure in needs(MEASURED)}


def test_every_demand_is_answered(figures: dict[str, float]) -> None:
    assert len(figures) == 4 * len(DEMANDS)


def test_one_shop_needs_one_worker(figures: dict[str, float]) -> None:
    shop = "needs, one shop, 0.2 turns/s"
    assert figures[f"{shop}: cores"] == pytest.approx(0.01 + 0.2 * 78 / 1000 / 0.6)
    assert figures[f"{shop}: Rasa workers"] == 1
    assert figures[f"{shop}: memory"] == 1


def test_ten_shops_are_ten_stacks(figures: dict[str, float]) -> None:
    one, ten = "needs, one shop, 0.2 turns/s", "needs, ten shops, 0.2 turns/s each"
    for what in ("cores", "Rasa workers", "memory"):
        assert figures[f"{ten}: {what}"] == pytest.approx(10 * figures[f"{one}: {what}"])


def test_a_fast_number_needs_many_workers_and_senders(figures: dict[str, float]) -> None:
    number = "needs, a number at 1,000 messages/s"
    assert figures[f"{number}: Rasa workers"] == 100
    assert figures[f"{number}: PostgreSQL's cores of these"] == pytest.approx(20)
    assert figures[f"{number}: memory"] == (100 * 512 + 10 * 128 + 256 + 128) / 1024
