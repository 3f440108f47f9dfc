"""Computes the geometry of bar charts and funnels; a template draws them as SVG."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from console.numbers.reading import Funnel, Series
from console.translation import say

# Widths in pixels: the page, half of it, a phone. A phone gets its own chart, so that letters keep
# their size.
WIDE, NARROW, PHONE = 1120, 500, 330
HEIGHT = 210
_LEFT, _RIGHT, _TOP, _BOTTOM = 56, 6, 12, 26
_LINES = 4
_LABEL_WIDTH = 46
# The width of a letter at the axis, which must have room for ₹2,00,000.
_LETTER = 8
_ROW, _HOUR_WIDTH = 30, 24


@dataclass(frozen=True)
class Bar:
    """One bar; `said` describes its value in words."""

    x: float
    y: float
    width: float
    height: float
    series: int
    said: str


@dataclass(frozen=True)
class Mark:
    """A label at an axis."""

    x: float
    y: float
    text: str


@dataclass(frozen=True)
class Chart:
    """The values that the template draws."""

    bars: list[Bar]
    labels: list[Mark]
    grid: list[Mark]
    width: int
    height: int = HEIGHT


def both_charts(
    labels: Sequence[str], series: Sequence[Series], said: Callable[[Decimal], str], width: int
) -> list[Chart]:
    """The chart at `width`, and for a phone."""
    return [bar_chart(labels, series, said, one) for one in (width, PHONE)]


def bar_chart(
    labels: Sequence[str], series: Sequence[Series], said: Callable[[Decimal], str], width: int
) -> Chart:
    """A chart with one bar per label and series, over a scale of round numbers."""
    top = round_ceiling(
        max((figure for one in series for figure in one.figures), default=Decimal(0))
    )
    left = max(_LEFT, _LETTER * max(len(said(top * part / _LINES)) for part in range(1 + _LINES)))
    room = (width - left - _RIGHT) / max(len(labels), 1)
    broad = min(room * 0.8 / max(len(series), 1), 46)
    drawn = []
    for number, one in enumerate(series):
        for place, figure in enumerate(one.figures):
            x = left + room * (place + 0.5) + broad * (number - len(series) / 2)
            words = f"{labels[place]}: {one.name} {said(figure)}"
            drawn.append(_bar(x, broad, figure / top, number, words))
    every = max(1, -int(-_LABEL_WIDTH // room))
    marks = [
        Mark(left + room * (place + 0.5), HEIGHT - 8, label)
        for place, label in enumerate(labels)
        if place % every == 0
    ]
    return Chart(drawn, marks, _grid(top, said, left), width)


def round_ceiling(figure: Decimal) -> Decimal:
    """The next round number that divides into four: 7 → 8, 83 → 120, 1300 → 2000."""
    step = Decimal(1)
    while True:
        for factor in (1, 2, 3, 5):
            if figure <= step * factor * _LINES:
                return step * factor * _LINES
        step *= 10


@dataclass(frozen=True)
class Cell:
    """One hour of a weekday; `strength` is its share of the busiest hour, 0 to 1."""

    x: float
    y: float
    width: float
    height: float
    strength: float
    said: str


@dataclass(frozen=True)
class HourMap:
    """A heat map of orders by weekday and hour, without hours that have no orders."""

    cells: list[Cell]
    labels: list[Mark]
    days: list[Mark]
    width: int
    height: int


def both_hour_maps(hours: Sequence[Sequence[int]], weekdays: Sequence[str]) -> list[HourMap]:
    """The map for a desktop and for a phone; empty if nothing was ordered."""
    open_hours = [hour for hour in range(24) if any(day[hour] for day in hours)]
    if not open_hours:
        return []
    shown = range(open_hours[0], open_hours[-1] + 1)
    return [_hour_map(hours, weekdays, shown, width) for width in (WIDE, PHONE)]


def _hour_map(
    hours: Sequence[Sequence[int]], weekdays: Sequence[str], shown: range, width: int
) -> HourMap:
    busiest = max(max(day) for day in hours)
    broad = (width - _LEFT - _RIGHT) / len(shown)
    cells = [
        Cell(
            round(_LEFT + broad * place + 1, 1), row * _ROW + 1, round(broad - 2, 1), _ROW - 2,
            round(day[hour] / busiest, 3),
            f"{say(weekdays[row])} {hour:02}:00: {day[hour]}",
        )
        for row, day in enumerate(hours)
        for place, hour in enumerate(shown)
    ]  # fmt: skip
    every = max(1, -int(-_HOUR_WIDTH // broad))
    bottom = len(hours) * _ROW
    labels = [
        Mark(_LEFT + broad * (place + 0.5), bottom + 16, f"{hour:02}")
        for place, hour in enumerate(shown)
        if place % every == 0
    ]
    days = [Mark(_LEFT - 8, row * _ROW + 20, say(day[:3])) for row, day in enumerate(weekdays)]
    return HourMap(cells, labels, days, width, bottom + 22)


def funnel_bars(funnel: Funnel) -> list[Bar]:
    """One bar per step, as wide as its share of the first step."""
    first = max(funnel.steps[0].count, 1)
    return [
        Bar(0, place * 40, max(step.count / first * 100, 0.4), 30, place, step.name)
        for place, step in enumerate(funnel.steps)
    ]


def _bar(x: float, width: float, part: Decimal, series: int, said: str) -> Bar:
    """A bar whose height is `part` (0 to 1) of the chart's."""
    height = round(float(part) * (HEIGHT - _TOP - _BOTTOM), 1)
    y = round(HEIGHT - _BOTTOM - height, 1)
    return Bar(round(x, 1), y, round(width, 1), height, series, said)


def _grid(top: Decimal, said: Callable[[Decimal], str], left: int) -> list[Mark]:
    return [
        Mark(left, HEIGHT - _BOTTOM - (HEIGHT - _TOP - _BOTTOM) * line / _LINES,
             said(top * line / _LINES))
        for line in range(_LINES + 1)
    ]  # fmt: skip
