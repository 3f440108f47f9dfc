"""Nothing lost, doubled or overtaken while every process is killed: the short run.

The long one is `make crash`; docs/crashes.md says what both do and what came out.
"""

import asyncio

from tests.crashes.run import Report, crash_run
from tests.crashes.trouble import LIVES, POINTS
from tests.crashes.verdict import UNKNOWN_SECONDS, was_unavoidable
from tests.crashes.world import opened
from tests.journeys.play import Customer
from tests.journeys.stack import Stack, eventually

CUSTOMERS = 250
PATIENCE = 2


def test_a_busy_shop_survives_kill_9_of_everything() -> None:
    with opened() as shop:
        report = asyncio.run(crash_run(shop, customers=CUSTOMERS, rounds=1, patience=PATIENCE))
    print("\n".join(f"{name}: {value}" for name, value in report.figures()))
    assert report.verdict.wrong == []
    assert report.orders == CUSTOMERS
    everything_was_killed(report)


def everything_was_killed(report: Report) -> None:
    """A run in which nothing died would show nothing."""
    assert set(report.trouble.kills) == {*LIVES, "everything at once"}
    assert set(report.trouble.points) == set(POINTS)


def test_the_one_unavoidable_case(stack: Stack, asha: Customer) -> None:
    """WhatsApp took it, the answer was lost and so were its receipts: it is said once more."""
    stack.control("POST", "/faults", http=500, to=asha.phone)
    stack.control("POST", "/faults", drop=True, accept=True, to=asha.phone)
    asha.types("menu")
    try:
        # Refused at first, the reply leaves again half a second later: no receipt comes by then.
        eventually(lambda: asha.messages("incoming"))
        stack.control("PATCH", "/webhooks", held=True)
        first = asha.sees("Welcome!")
        asha.sees_nothing_more(UNKNOWN_SECONDS - 5)
        second = asha.sees("Welcome!")
    finally:
        stack.control("POST", "/webhooks/release")
    assert was_unavoidable(first, [second])
    [reply] = asha.messages("outgoing")
    assert reply["message_id"] in (first["id"], second["id"])
    asha.message_becomes(reply["message_id"], "read")
    asha.sees_nothing_more()
