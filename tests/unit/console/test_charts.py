"""Charts: every bar within the picture, as high as its figure."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.numbers import charts
from console.numbers.exporting import WEEKDAYS
from console.numbers.reading import Funnel, Series, Step


@pytest.mark.parametrize(
    ("figure", "top"),
    [(0, 4), (1, 4), (4, 4), (7, 8), (83, 120), (1300, 2000), (10**9, 1.2 * 10**9)],
)
def test_scales_end_at_round_numbers(figure, top):
    assert charts.round_ceiling(Decimal(figure)) == Decimal(top)


figures = st.lists(st.decimals(0, 10**7, places=2), min_size=1, max_size=31)


@given(figures, st.integers(1, 2), st.sampled_from([charts.WIDE, charts.NARROW]))
def test_every_bar_is_within_the_picture_and_as_high_as_its_figure(given, count, width):
    series = [Series("x", given)] * count
    chart = charts.bar_chart([str(n) for n in range(len(given))], series, str, width)
    assert len(chart.bars) == count * len(given)
    tallest = max(bar.height for bar in chart.bars)
    for bar in chart.bars:
        assert 0 <= bar.x <= bar.x + bar.width <= width
        assert 0 <= bar.y <= bar.y + bar.height <= chart.height
    if max(given) > 0:
        highest = given.index(max(given))
        assert chart.bars[highest].height == tallest > 0
    assert all(
        earlier.x < later.x for earlier, later in zip(chart.labels, chart.labels[1:], strict=False)
    )


def test_a_funnel_is_as_wide_as_its_first_step():
    steps = [Step("All", 80, 1), Step("Some", 20, 0.25), Step("None", 0, 0)]
    assert [bar.width for bar in charts.funnel_bars(Funnel("x", steps))] == [100, 25, 0.4]
    nobody = Funnel("x", [Step("All", 0, 0)])
    assert charts.funnel_bars(nobody)[0].width == 0.4


def test_the_map_of_hours_holds_the_open_hours_of_all_days():
    hours = [[0] * 24 for _ in range(7)]
    hours[0][9], hours[6][12] = 3, 6
    for shown in charts.both_hour_maps(hours, WEEKDAYS):
        assert len(shown.cells) == 7 * 4
        assert shown.labels[0].text == "09"
        busiest = max(shown.cells, key=lambda cell: cell.strength)
        assert (busiest.strength, busiest.said) == (1, "Sunday 12:00: 6")
        assert all(0 < cell.x < cell.x + cell.width < shown.width for cell in shown.cells)
    assert charts.both_hour_maps([[0] * 24] * 7, WEEKDAYS) == []
