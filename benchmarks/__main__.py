"""`make bench`: measures everything, prints its tables, and keeps them in docs/benchmarks.md.

`python -m benchmarks PART ...` measures some parts and keeps nothing; so does `make bench-short`.
"""

import os
import signal
import sys
import time
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from types import FrameType

from benchmarks import acknowledging, board, catalogue, growth, kept, running, trays, turns
from benchmarks.figures import Figure, table
from benchmarks.kept import Kept
from benchmarks.machine import describe_machine
from benchmarks.running import print_progress
from settings import ROOT

PAGE = ROOT / "docs" / "benchmarks.md"
BEGIN = "<!-- figures -->\n"

PARTS: dict[str, Callable[[], Iterable[Figure]]] = {
    "acknowledging": acknowledging.measure_acknowledging,
    "board": board.measure_board,
    "catalogue": catalogue.measure_catalogues,
    "growth": growth.measure_growth,
    "trays": trays.figures,
    "turns": turns.measure_turns,
}
# Without the trays alone, what fills a database and what trains: these take minutes.
SHORT = ("acknowledging", "turns")


def main() -> int:
    """Runs the benchmarks; with names of parts, or in the short form, it stores nothing."""
    everything = list(SHORT if running.is_short() else PARTS)
    wanted = sys.argv[1:] or everything
    machine, words, last = describe_machine(), *read_page()
    began = time.monotonic()
    measured = {name: list(measure_part(name)) for name in wanted}
    marks = compare_with_last(
        [each for figures in measured.values() for each in figures], last, machine
    )
    tables = "\n\n".join(
        f"### {name.capitalize()}\n\n{table(figures, marks)}" for name, figures in measured.items()
    )
    dated = f"{datetime.now(UTC):%Y-%m-%d}, {machine}."
    print(f"{dated}\n\n{tables}")
    print_progress(
        f"{time.monotonic() - began:.0f} s in all; {len(marks)} worse by more than a fifth"
    )
    if wanted == list(PARTS) and not running.is_short():
        PAGE.write_text(f"{words}{BEGIN}{dated}\n\n{tables}\n")
    return 0


def read_page() -> tuple[str, Kept]:
    """The text above the tables, and the tables of the last stored run."""
    words, _, figures = PAGE.read_text().partition(BEGIN)
    return words, kept.read_kept_figures(figures)


def measure_part(name: str) -> Iterable[Figure]:
    print_progress(f"measuring {name} ...")
    return PARTS[name]()


def compare_with_last(figures: list[Figure], last: Kept, machine: str) -> dict[Figure, str]:
    """Marks for figures that got worse; none if the stored table is of another kind of machine."""
    if last.comparable(machine):
        return last.marks(figures)
    print_progress(f"not compared with the kept table, which is of another machine: {last.machine}")
    return {}


def end_as_by_ctrl_c(_signal: int, _frame: FrameType | None) -> None:
    """Treats SIGTERM like Ctrl-C, so that processes are ended and databases removed."""
    os.kill(os.getpid(), signal.SIGINT)


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, end_as_by_ctrl_c)
    sys.exit(main())
