"""The last table kept in docs/benchmarks.md, and which figures are worse than those in it."""

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
    """The machine's line, and what is compared of each row: its ratio, or the figure alone."""

    machine: str = ""
    values: dict[Key, float] = field(default_factory=dict)

    def comparable(self, machine: str) -> bool:
        """Whether both were taken on the same kind of machine; how busy it was is left out."""
        return _kind(machine) == _kind(self.machine)

    def marks(self, figures: Iterable[Figure]) -> dict[Figure, str]:
        """What the table says of each figure that is worse than the kept one by over a fifth."""
        before = {figure: self.values.get(_key(figure)) for figure in figures}
        return {
            figure: f"**worse**, was {value:,.2f}"
            for figure, value in before.items()
            if value is not None and is_worse(figure, value)
        }


def is_worse(figure: Figure, before: float) -> bool:
    """Whether it got worse by more than a fifth: for rates less is worse, else more."""
    now = compared(figure)
    better, worse = (now, before) if figure.is_rate else (before, now)
    return worse > better * FIFTH and worse - better > GRAIN


def compared(figure: Figure) -> float:
    """The ratio where it stands beside another, for the machine's mood falls on both."""
    return figure.ours if figure.ratio is None else figure.ratio


def read(page: str) -> Kept:
    """What a page holds that `make bench` wrote; empty where there is no table."""
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
