"""`make bench` marks what got worse by more than a fifth."""

import pytest

from benchmarks import kept
from benchmarks.figures import Figure, table

MACHINE = "2 cores of AMD EPYC, Linux; load before: 0.9"
RATE = Figure("turns, to the Graph", 30.0, "/s", "stock bot", 60.0)
TIME = Figure("webhook to Graph, a tap, p50", 1042.0, "ms")
BEFORE = [RATE, TIME, Figure("at rest, database connections", 10, "open")]


@pytest.fixture
def last() -> kept.Kept:
    return kept.read_kept_figures(
        f"# Benchmarks\n\n2026-11-23, {MACHINE}.\n\n### Turns\n\n{table(BEFORE)}\n"
    )


def test_the_same_again_is_not_marked(last: kept.Kept) -> None:
    assert last.marks(BEFORE) == {}


@pytest.mark.parametrize(
    ("figure", "was"),
    [
        (Figure("turns, to the Graph", 60.0, "/s", "stock bot", 160.0), "0.50"),
        (Figure("webhook to Graph, a tap, p50", 1260.0, "ms"), "1,042.00"),
        (Figure("at rest, database connections", 13, "open"), "10.00"),
    ],
)
def test_worse_by_more_than_a_fifth_is_marked(last: kept.Kept, figure: Figure, was: str) -> None:
    assert last.marks([figure]) == {figure: f"**worse**, was {was}"}
    assert table([figure], last.marks([figure])).endswith(f"| **worse**, was {was} |")


@pytest.mark.parametrize(
    "figure",
    [
        pytest.param(
            Figure("turns, to the Graph", 15.0, "/s", "stock bot", 30.0), id="ratio is the same"
        ),
        pytest.param(
            Figure("turns, to the Graph", 100.0, "/s", "stock bot", 60.0), id="better rate"
        ),
        pytest.param(Figure("webhook to Graph, a tap, p50", 10.0, "ms"), id="better time"),
        pytest.param(Figure("webhook to Graph, a tap, p50", 1150.0, "ms"), id="worse by a tenth"),
        pytest.param(Figure("turns, to the Graph", 1.0, "/s", "1 worker", 9.0), id="beside other"),
        pytest.param(Figure("measured for the first time", 1.0, "ms"), id="new"),
    ],
)
def test_everything_else_is_not(last: kept.Kept, figure: Figure) -> None:
    assert last.marks([figure]) == {}


def test_only_machines_of_one_kind_are_compared(last: kept.Kept) -> None:
    assert last.comparable("2 cores of AMD EPYC, Linux; load before: 7.5")
    assert not last.comparable("2 cores of Intel Xeon, Linux; load before: 0.9")


def test_a_page_with_marks_is_read_like_one_without(last: kept.Kept) -> None:
    marked = table(BEFORE, {RATE: "**worse**, was 0.70"})
    assert kept.read_kept_figures(marked).values == last.values
    assert kept.read_kept_figures("nothing is kept yet").values == {}
