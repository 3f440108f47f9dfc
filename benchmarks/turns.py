"""Turns of the whole bot: how soon, how many, how many workers, and beside a stock Rasa bot."""

import asyncio
import itertools
import statistics
import time
from collections.abc import Awaitable, Callable

from benchmarks import bot, meta, stock
from benchmarks.bot import Bot
from benchmarks.figures import Figure, percentile

SAMPLES = 60
AT_ONCE = 8
MANY = 400  # turns of a rate
LONG = 200  # turns of one customer
TEN = 10
STOCK = "stock bot (rasa init), REST"

_numbers = itertools.count(1)


def measure() -> list[Figure]:
    return asyncio.run(compare())


async def compare() -> list[Figure]:
    async with stock.running() as other, bot.running(1) as ours:
        figures = await beside_stock(ours, other)
        figures += await latencies(ours)
        rate_of_one, saturated = await rate(ours)
        figures.append(
            Figure("acknowledging while Rasa is saturated, p99", percentile(saturated, 99), "ms")
        )
    async with bot.running(2) as ours:
        rate_of_two, _ = await rate(ours)
        tap = await sampled(lambda: ours.answers(newcomer(), meta.tap("new_order")))
    return [
        *figures,
        Figure("turns, 2 Rasa workers", rate_of_two, "/s", "1 worker", rate_of_one),
        Figure("webhook to Graph, a tap, 2 workers, p50", percentile(tap, 50), "ms"),
    ]


async def beside_stock(ours: Bot, other: stock.Stock) -> list[Figure]:
    """Words that both answer with one line: "hi"."""
    hi = meta.text("hi")
    for _ in range(TEN):  # everything is loaded
        await ours.answers(newcomer(), hi)
        await other.answers(newcomer(), "hi")
    alone = await sampled(lambda: ours.answers(newcomer(), hi))
    alone_stock = await sampled(lambda: other.answers(newcomer(), "hi"))
    many, _ = await rate(ours)
    many_stock = await rate_of(lambda: other.answers(newcomer(), "hi"))
    long = await ours.turns(newcomer(), [hi] * LONG)
    sender = newcomer()
    long_stock = [await other.answers(sender, "hi") for _ in range(LONG)]
    return [
        Figure("turns, to the Graph", many, "/s", STOCK, many_stock),
        Figure(
            '"hi" to its answer, p50',
            percentile(alone, 50),
            "ms",
            STOCK,
            percentile(alone_stock, 50),
        ),
        *lasting("turn", long),
        *lasting("stock bot's turn", long_stock),
    ]


def lasting(what: str, times: list[float]) -> list[Figure]:
    """The last ten turns of one customer beside the first ten."""
    first = 1000 * statistics.median(times[:TEN])
    last = 1000 * statistics.median(times[-TEN:])
    return [Figure(f"{what} no. {LONG} of one customer", last, "ms", "the first", first)]


async def latencies(ours: Bot) -> list[Figure]:
    tap = await sampled(lambda: ours.answers(newcomer(), meta.tap("new_order")))
    said = await sampled(lambda: ours.answers(newcomer(), meta.text("two coffees please")))
    figures = []
    for what, times in (("a tap", tap), ("a sentence", said)):
        for percent in (50, 99):
            name = f"webhook to Graph, {what}, p{percent}"
            figures.append(Figure(name, percentile(times, percent), "ms"))
    return figures


async def rate(ours: Bot) -> tuple[float, list[float]]:
    """Replies a second while messages pile up, and how long acknowledging took meanwhile."""
    customers = [newcomer() for _ in range(MANY)]
    before, began = ours.graph.count, time.perf_counter()
    acknowledged = [await ours.says(customer, meta.text("hi")) for customer in customers]
    async with asyncio.timeout(300):
        while ours.graph.count < before + MANY:  # noqa: ASYNC110 (the Graph counts)
            await asyncio.sleep(0.01)
    return MANY / (time.perf_counter() - began), acknowledged


async def rate_of(turn: Callable[[], Awaitable[float]]) -> float:
    numbers = iter(range(MANY))

    async def runner() -> None:
        for _ in numbers:
            await turn()

    began = time.perf_counter()
    await asyncio.gather(*(runner() for _ in range(AT_ONCE)))
    return MANY / (time.perf_counter() - began)


async def sampled(turn: Callable[[], Awaitable[float]]) -> list[float]:
    return [await turn() for _ in range(SAMPLES)]


def newcomer() -> str:
    return meta.phone(next(_numbers))
