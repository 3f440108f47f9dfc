"""A crash run from its first message to its verdict."""

import asyncio
import statistics
import sys
import time
from dataclasses import dataclass

import aiohttp

from tests.crashes.customers import MESSAGES_A_ROUND, Customer, Phones, all_live, many
from tests.crashes.trouble import Trouble
from tests.crashes.verdict import Verdict, is_idle, judge
from tests.crashes.world import Shop

# The last of what may have been sent waits 30 s for its receipt, a throttled number up to 64 s.
DRAIN_SECONDS = 150.0
RECEIPTS_SECONDS = 3.0
LOOK = 0.2


@dataclass
class Report:
    """What was done to the shop, and how it came out."""

    customers: int
    messages: int
    orders: int
    seconds: float
    drained: float
    trouble: Trouble
    verdict: Verdict
    waits: list[float]

    def figures(self) -> list[tuple[str, str]]:
        """Each figure with its name."""
        quantiles = statistics.quantiles(self.waits, n=100)
        return [
            ("customers", f"{self.customers:,}"),
            ("messages", f"{self.messages:,}"),
            ("orders, each expected and there once", f"{self.orders:,}"),
            ("seconds until the last reply was seen", f"{self.seconds:.0f}"),
            ("seconds more until nothing waited any more", f"{self.drained:.0f}"),
            ("a customer's wait: median", f"{quantiles[49]:.1f} s"),
            ("a customer's wait: 99 of 100", f"{quantiles[98]:.1f} s"),
            ("a customer's wait: longest", f"{max(self.waits):.1f} s"),
            *((f"killed: {name}", str(n)) for name, n in sorted(self.trouble.kills.items())),
            *((f"killed at: {name}", str(n)) for name, n in sorted(self.trouble.points.items())),
            *((f"Graph: {name}", str(n)) for name, n in sorted(self.trouble.faults.items())),
            ("lost, out of order, stuck, doubled orders", str(len(self.verdict.wrong))),
            ("replies sent twice, none of them avoidable", str(self.verdict.doubled)),
        ]


async def crash_run(
    shop: Shop, *, customers: int, rounds: int, power_cuts: int = 1, patience: int = 1
) -> Report:
    """Customers order while everything around them dies; returns when nothing waits any more."""
    # No connection is used twice: the emulator may close one just as we write into it.
    unlimited = aiohttp.TCPConnector(limit=0, force_close=True)
    long = aiohttp.ClientTimeout(total=120)
    async with aiohttp.ClientSession(connector=unlimited, timeout=long) as session:
        phones = Phones(shop.emulator, session)
        await phones.call("PATCH", "/webhooks", duplicates=1, shuffle=True, batch=10)
        crowd = many(phones, customers)
        trouble = Trouble(shop, phones, lambda: sent(crowd), patience)
        began = time.monotonic()
        living = asyncio.create_task(all_live(crowd, rounds))
        telling = asyncio.create_task(tell(crowd, trouble))
        trouble.start()
        in_all = customers * rounds * MESSAGES_A_ROUND
        for cut in range(1, power_cuts + 1):
            await until_sent(crowd, in_all * cut // (power_cuts + 1), living)
            await trouble.power_cut()
        try:
            complaints = await living
        finally:
            telling.cancel()
            await trouble.stop()
        ended = time.monotonic()
        await until_idle(shop)
        drained = time.monotonic() - ended
        await asyncio.sleep(RECEIPTS_SECONDS)
        chats = {one.phone: await one.everything() for one in crowd}
        verdict = judge(shop, crowd, chats)
        verdict.wrong += complaints
    return Report(
        customers=customers,
        messages=sent(crowd),
        orders=sum(len(one.orders) for one in crowd),
        seconds=ended - began,
        drained=drained,
        trouble=trouble,
        verdict=verdict,
        waits=[wait for one in crowd for wait in one.waits],
    )


async def until_sent(crowd: list[Customer], count: int, living: asyncio.Task[list[str]]) -> None:
    """Until the customers have sent so many messages, or are done."""
    while sent(crowd) < count and not living.done():  # noqa: ASYNC110 (many tasks, one sum)
        await asyncio.sleep(LOOK)


async def tell(crowd: list[Customer], trouble: Trouble) -> None:
    """Says every ten seconds how far it is."""
    began = time.monotonic()
    while True:
        await asyncio.sleep(10)
        passed, kills = time.monotonic() - began, trouble.kills.total() + trouble.points.total()
        print(f"{passed:.0f} s: {sent(crowd)} sent, {kills} kills", file=sys.stderr, flush=True)


def sent(crowd: list[Customer]) -> int:
    return sum(len(one.sent) for one in crowd)


async def until_idle(shop: Shop) -> None:
    deadline = time.monotonic() + DRAIN_SECONDS
    while not await asyncio.to_thread(is_idle, shop):
        assert time.monotonic() < deadline, "something is stuck in the trays"
        await asyncio.sleep(LOOK)
