"""A crash run from its first message to its verdict."""

import asyncio
import statistics
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass

import aiohttp

from tests.crashes.customers import MESSAGES_A_ROUND, Customer, Phones, all_live, many
from tests.crashes.owner import Owner
from tests.crashes.trade_verdict import judge_trade
from tests.crashes.traders import Trader, many_traders
from tests.crashes.trouble import Trouble
from tests.crashes.verdict import Verdict, is_idle, judge
from tests.crashes.world import Shop

# The last of what may have been sent waits 30 s for its receipt, a throttled number up to 64 s.
DRAIN_SECONDS = 300.0
RECEIPTS_SECONDS = 3.0
KNOWN_SECONDS = 8.0
LOOK = 0.2


@dataclass
class Trade:
    """The second half: a shop that closes, and runs out of what is wanted."""

    owner: Owner
    traders: list[Trader]

    async def goes_on(self, rounds: int) -> list[str]:
        """What the traders complain of, when all have ended and the shop is open again."""
        await asyncio.to_thread(self.owner.begin)
        # Every worker reads the new product by then.
        await asyncio.sleep(KNOWN_SECONDS)
        owning = asyncio.create_task(self.owner.goes_on())
        try:
            return await all_live(self.traders, rounds)
        finally:
            owning.cancel()
            await self.owner.ends()

    def figures(self) -> list[tuple[str, str]]:
        """Each figure with its name."""
        placed = sum(len(one.orders) for one in self.traders)
        refused = sum(one.refused for one in self.traders)
        return [
            ("hours, stock and times: messages", f"{sent(self.traders):,}"),
            ("hours, stock and times: orders placed", f"{placed:,}"),
            ("hours, stock and times: orders refused", f"{refused:,}"),
            *((f"the owner's {name}", str(n)) for name, n in sorted(self.owner.deeds.items())),
        ]


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
    trade: Trade

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
            *self.trade.figures(),
            (
                "lost, out of order, stuck, doubled orders; placed while closed, oversold, over"
                " a time's capacity",
                str(len(self.verdict.wrong)),
            ),
            ("replies sent twice, none of them avoidable", str(self.verdict.doubled)),
        ]


async def crash_run(
    shop: Shop, *, customers: int, rounds: int, traders: int, power_cuts: int = 1, patience: int = 1
) -> Report:
    """Customers order while everything around them dies; returns when nothing waits any more.

    When the `customers` are done, the shop gets hours, little stock and few times, and the
    `traders` order in `rounds` as well.
    """
    # No connection is used twice: the emulator may close one just as we write into it.
    unlimited = aiohttp.TCPConnector(limit=0, force_close=True)
    long = aiohttp.ClientTimeout(total=120)
    async with aiohttp.ClientSession(connector=unlimited, timeout=long) as session:
        phones = Phones(shop.emulator, session)
        await phones.call("PATCH", "/webhooks", duplicates=1, shuffle=True, batch=10)
        crowd = many(phones, customers)
        trade = Trade(Owner(shop, traders * rounds // 2), many_traders(phones, traders))
        everybody = [*crowd, *trade.traders]
        trouble = Trouble(shop, phones, lambda: sent(everybody), patience)
        began = time.monotonic()
        complaints = await live_through(crowd, trade, trouble, rounds, power_cuts)
        ended = time.monotonic()
        await until_idle(shop)
        drained = time.monotonic() - ended
        await asyncio.sleep(RECEIPTS_SECONDS)
        chats = {one.phone: await one.everything() for one in everybody}
        verdict = judge(shop, crowd, trade.traders, chats)
        verdict.wrong += complaints + judge_trade(shop, trade.owner, trade.traders)
    return Report(
        customers=len(everybody),
        messages=sent(everybody),
        orders=sum(len(one.orders) for one in crowd),
        seconds=ended - began,
        drained=drained,
        trouble=trouble,
        verdict=verdict,
        waits=[wait for one in everybody for wait in one.waits],
        trade=trade,
    )


async def live_through(
    crowd: list[Customer], trade: Trade, trouble: Trouble, rounds: int, power_cuts: int
) -> list[str]:
    """What the customers and then the traders complain of, when all is over."""
    living = asyncio.create_task(all_live(crowd, rounds))
    telling = asyncio.create_task(tell([*crowd, *trade.traders], trouble))
    trouble.start()
    in_all = len(crowd) * rounds * MESSAGES_A_ROUND
    try:
        for cut in range(1, power_cuts + 1):
            await until_sent(crowd, in_all * cut // (power_cuts + 1), living)
            await trouble.power_cut()
        return await living + await trade.goes_on(rounds)
    finally:
        telling.cancel()
        await trouble.stop()


async def until_sent(crowd: list[Customer], count: int, living: asyncio.Task[list[str]]) -> None:
    """Until the customers have sent so many messages, or are done."""
    while sent(crowd) < count and not living.done():  # noqa: ASYNC110 (many tasks, one sum)
        await asyncio.sleep(LOOK)


async def tell(crowd: Sequence[Customer], trouble: Trouble) -> None:
    """Says every ten seconds how far it is."""
    began = time.monotonic()
    while True:
        await asyncio.sleep(10)
        passed, kills = time.monotonic() - began, trouble.kills.total() + trouble.points.total()
        print(f"{passed:.0f} s: {sent(crowd)} sent, {kills} kills", file=sys.stderr, flush=True)


def sent(crowd: Sequence[Customer]) -> int:
    return sum(len(one.sent) for one in crowd)


async def until_idle(shop: Shop) -> None:
    deadline = time.monotonic() + DRAIN_SECONDS
    while not await asyncio.to_thread(is_idle, shop):
        assert time.monotonic() < deadline, "something is stuck in the trays"
        await asyncio.sleep(LOOK)
