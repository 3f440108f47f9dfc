"""What was measured: a figure, what it stands beside, and how many times as much it is."""

import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """One line of the table; `ratio` is the figure divided by what it stands beside."""

    what: str
    ours: float
    unit: str
    beside: str = ""
    theirs: float | None = None

    def row(self) -> str:
        ours = shown(self.ours, self.unit)
        if self.theirs is None:
            return f"| {self.what} | {ours} | | | |"
        theirs, ratio = shown(self.theirs, self.unit), self.ours / self.theirs
        return f"| {self.what} | {ours} | {self.beside} | {theirs} | {ratio:.2f} |"


def shown(value: float, unit: str) -> str:
    digits = 0 if value >= 100 else 1
    return f"{value:,.{digits}f}{'' if unit.startswith('/') else ' '}{unit}"


def table(figures: Iterable[Figure]) -> str:
    rows = [figure.row() for figure in figures]
    return "\n".join(
        ["| what | ours | beside | theirs | ratio |", "|---|---:|---|---:|---:|", *rows]
    )


def percentile(values: Sequence[float], percent: int) -> float:
    """In milliseconds, of times in seconds."""
    return 1000 * statistics.quantiles(values, n=100, method="inclusive")[percent - 1]
