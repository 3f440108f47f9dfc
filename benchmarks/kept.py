"""Reads the last table stored in docs/benchmarks.md, and finds figures that got worse."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from benchmarks.figures import Figure

FIFTH = 1.2
GRAIN = 0.05  # differences below this are rounding: the table shows two digits at most
_NUMBER = re.compile(r"[\d,]+(\.\d+)?")
_DATED = re.compile(r"^\d{4}-\d{2}-\d{2}, (?P<machine>.*)\.$", re.MULTILINE)

Key = tuple[str, str, str]  # what, beside what, unit


@dataclass(frozen=True)
class Kept:
    """The machine's line, and each row's ratio, or its figure if it has no ratio."""

    machine: str = ""
    values: dict[Key, float] = field(default_factory=dict)

    def comparable(self, machine: str) -> bool:
        """Whether both were measured on the same kind of machine, at any load."""
        return _kind(machine) == _kind(self.machine)

    def marks(self, figures: Iterable[Figure]) -> dict[Figure, str]:
        """The mark of each figure that is worse than the stored one by more than a fifth."""
        before = {figure: self.values.get(_key(figure)) for figure in figures}
        return {
            figure: f"**worse**, was {value:,.2f}"
            for figure, value in before.items()
            if value is not None and is_worse(figure, value)
        }


def is_worse(figure: Figure, before: float) -> bool:
    """Whether it got worse by more than a fifth; for rates, lower is worse."""
    now = compared(figure)
    better, worse = (now, before) if figure.is_rate else (before, now)
    return worse > better * FIFTH and worse - better > GRAIN


def compared(figure: Figure) -> float:
    """The value to compare: the ratio if there is one, since other load affects both figures."""
    return figure.ours if figure.ratio is None else figure.ratio


def read_kept_figures(page: str) -> Kept:
    """The table of a page that `make bench` wrote; empty without one."""
    dated = _DATED.search(page)
    values = {}
    for line in page.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("|") and len(cells) >= 5 and (number := _NUMBER.match(cells[1])):
            unit = cells[1][number.end() :].strip()
            values[cells[0], cells[2], unit] = _float(cells[4] or number.group())
    return Kept(dated["machine"] if dated else "", values)


def _key(figure: Figure) -> Key:
    return figure.what, figure.beside, figure.unit


def _float(shown: str) -> float:
    return float(shown.replace(",", ""))


def _kind(machine: str) -> str:
    return machine.partition("; load")[0]
