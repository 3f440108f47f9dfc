"""The measured figures, each with the figure that it is compared with and their ratio."""

import statistics
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

HEAD = "| what | ours | beside | theirs | ratio | worse by a fifth |\n|---|---:|---|---:|---:|---|"
NO_MARKS: Mapping["Figure", str] = MappingProxyType({})


@dataclass(frozen=True)
class Figure:
    """One line of the table; `ratio` is the figure divided by the one that it is compared with.

    A unit that begins with "/" is a rate: more is better. Of everything else less is better.
    """

    what: str
    ours: float
    unit: str
    beside: str = ""
    theirs: float | None = None

    @property
    def ratio(self) -> float | None:
        return self.ours / self.theirs if self.theirs else None

    @property
    def is_rate(self) -> bool:
        return self.unit.startswith("/")

    def row(self, mark: str = "") -> str:
        cells = [self.what, format_measure(self.ours, self.unit), self.beside, "", "", mark]
        if self.theirs is not None:
            cells[3] = format_measure(self.theirs, self.unit)
        if self.ratio is not None:
            cells[4] = f"{self.ratio:.2f}"
        return "|" + "|".join(f" {cell} " if cell else " " for cell in cells) + "|"


def format_measure(value: float, unit: str) -> str:
    """A number with three significant digits, and the unit."""
    digits = 0 if value >= 100 or isinstance(value, int) else 1 if value >= 10 else 2
    return f"{value:,.{digits}f}{'' if unit.startswith('/') else ' '}{unit}"


def table(figures: Iterable[Figure], marks: Mapping[Figure, str] = NO_MARKS) -> str:
    """Markdown, one row a figure; `marks` is what stands in the last column of some."""
    return "\n".join([HEAD, *(figure.row(marks.get(figure, "")) for figure in figures)])


def percentile_in_ms(values: Sequence[float], percent: int) -> float:
    """In milliseconds, of times in seconds."""
    return 1000 * statistics.quantiles(values, n=100, method="inclusive")[percent - 1]
