"""Nothing lost, doubled or overtaken while every process is killed: the short run.

The long one is `make crash`; docs/crashes.md says what both do and what came out.
"""

import asyncio
from pathlib import Path

from tests.crashes.run import Report, crash_run
from tests.crashes.trouble import LIVES, POINTS
from tests.crashes.world import opened

CUSTOMERS = 250
TRADERS = 60
PATIENCE = 2


def test_a_busy_shop_survives_kill_9_of_everything(tmp_path: Path) -> None:
    with opened(tmp_path) as shop:
        report = asyncio.run(
            crash_run(shop, customers=CUSTOMERS, traders=TRADERS, rounds=1, patience=PATIENCE)
        )
    print("\n".join(f"{name}: {value}" for name, value in report.figures()))
    assert report.verdict.wrong == []
    assert report.orders == CUSTOMERS
    everything_was_killed(report)
    assert any(one.orders for one in report.trade.traders)
    assert any(one.refused for one in report.trade.traders)


def everything_was_killed(report: Report) -> None:
    """A run in which nothing died would show nothing."""
    assert set(report.trouble.kills) == {*LIVES, "everything at once"}
    assert set(report.trouble.points) == set(POINTS)
