"""`make bench`: measures everything, prints one table, and keeps it in docs/benchmarks.md."""

import sys
from collections.abc import Callable, Iterable
from datetime import UTC, datetime

from benchmarks import acknowledging, growth, trays, turns
from benchmarks.figures import Figure, table
from benchmarks.machine import described
from settings import ROOT

PAGE = ROOT / "docs" / "benchmarks.md"
BEGIN = "<!-- figures -->\n"

PARTS: dict[str, Callable[[], Iterable[Figure]]] = {
    "acknowledging": acknowledging.measure,
    "growth": growth.measure,
    "trays": trays.figures,
    "turns": turns.measure,
}


def main() -> int:
    """With names of parts, only these, and nothing is kept."""
    machine, wanted = described(), sys.argv[1:] or list(PARTS)
    figures: list[Figure] = []
    for name in wanted:
        print(f"measuring {name} ...", file=sys.stderr, flush=True)
        figures += PARTS[name]()
    print(table(figures))
    if wanted == list(PARTS):
        words, _, _ = PAGE.read_text().partition(BEGIN)
        date = f"{datetime.now(UTC):%Y-%m-%d}, {machine}."
        PAGE.write_text(f"{words}{BEGIN}{date}\n\n{table(figures)}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
