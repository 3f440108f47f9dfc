"""`make crash`: the long run; its figures go to docs/crashes.md when all is well."""

import argparse
import asyncio
import sys
from datetime import UTC, datetime
from pathlib import Path

from tests.crashes.run import Report, crash_run
from tests.crashes.world import opened

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "crashes.md"
BEGIN = "<!-- figures -->\n"


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.crashes", description=__doc__)
    parser.add_argument("--customers", type=int, default=250)
    parser.add_argument("--rounds", type=int, default=5, help="orders of each, 8 messages an order")
    parser.add_argument("--traders", type=int, default=250, help="with hours, stock and times")
    parser.add_argument("--power-cuts", type=int, default=3)
    parser.add_argument("--patience", type=int, default=3, help="2: half as many kills")
    parser.add_argument("--write", action="store_true", help="keep the figures in docs/crashes.md")
    asked = parser.parse_args()
    with opened(ROOT / "logs") as shop:
        report = asyncio.run(
            crash_run(
                shop,
                customers=asked.customers,
                rounds=asked.rounds,
                traders=asked.traders,
                power_cuts=asked.power_cuts,
                patience=asked.patience,
            )
        )
    print(table(report))
    print("\n".join(report.verdict.wrong))
    if asked.write and not report.verdict.wrong:
        words, _, _ = PAGE.read_text().partition(BEGIN)
        PAGE.write_text(f"{words}{BEGIN}Run of {datetime.now(UTC):%Y-%m-%d}.\n\n{table(report)}\n")
    return bool(report.verdict.wrong)


def table(report: Report) -> str:
    rows = [f"| {name} | {value} |" for name, value in report.figures()]
    return "\n".join(["| what | how many |", "|---|---:|", *rows])


if __name__ == "__main__":
    sys.exit(main())
