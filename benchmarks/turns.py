"""Turns of the whole bot: how soon, how many, at what cost, and beside a stock Rasa bot."""

import asyncio
import statistics
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

import psycopg

from benchmarks import bot, meta, rest, stock
from benchmarks.bot import Bot
from benchmarks.conversations import (
    HI,
    ORDER,
    greetings,
    newcomer,
    orders,
    sampled,
    stock_greetings,
)
from benchmarks.extent import is_short, size
from benchmarks.figures import Figure, percentile
from benchmarks.load import Load, interleave
from benchmarks.stock import Stock

SAMPLES = size(100, 40)
LONG = 200  # turns of one customer
TEN = 10
STOCK = "stock bot (rasa init), REST"


def measure() -> list[Figure]:
    return asyncio.run(compare())


async def compare() -> list[Figure]:
    async with bots() as (one, two, other):
        return [
            *await latencies(one, two, other),
            *await under_load(one, two, other),
            *await long_conversations(one, other),
            *await rest.measure(one),
        ]


@asynccontextmanager
async def bots() -> AsyncIterator[tuple[Bot, Bot, Stock]]:
    """Ours with one worker and with two, and a stock bot; started together, all warm."""
    await asyncio.to_thread(bot.train_if_stale)
    async with AsyncExitStack() as stack, asyncio.TaskGroup() as group:
        started = [
            group.create_task(stack.enter_async_context(each))
            for each in (bot.running(1), bot.running(2))
        ]
        other = group.create_task(stack.enter_async_context(stock.running()))
        one, two = [await each for each in started]
        for _ in range(TEN):
            for each in (one, two):
                await each.answers(newcomer(), HI)
            await (await other).answers(newcomer(), "hi")
        yield one, two, await other


async def latencies(one: Bot, two: Bot, other: Stock) -> list[Figure]:
    """One message at a time, from the webhook's leaving to the reply at the Graph."""
    hi, hi_stock, tap, said, tap_of_two = await sampled(
        SAMPLES,
        lambda: one.answers(newcomer(), HI),
        lambda: other.answers(newcomer(), "hi"),
        lambda: one.answers(newcomer(), meta.tap("new_order")),
        lambda: one.answers(newcomer(), meta.text("two coffees please")),
        lambda: two.answers(newcomer(), meta.tap("new_order")),
    )
    beside = STOCK, percentile(hi_stock, 50)
    return [
        Figure('"hi" to its answer, p50', percentile(hi, 50), "ms", *beside),
        *(
            Figure(f"webhook to Graph, {what}, p{percent}", percentile(times, percent), "ms")
            for what, times in (("a tap", tap), ("a sentence", said))
            for percent in (50, 99)
        ),
        Figure("webhook to Graph, a tap, 2 workers, p50", percentile(tap_of_two, 50), "ms"),
    ]


async def under_load(one: Bot, two: Bot, other: Stock) -> list[Figure]:
    """Rates and CPU while messages pile up, the bots in turn."""
    saturated: list[float] = []
    hi = Load(greetings(one, saturated), one.stack.cpu)
    theirs = Load(stock_greetings(other), other.cpu)
    of_two = Load(greetings(two, []), two.stack.cpu)
    mixed = Load(orders(one), one.stack.cpu)
    await interleave([hi, theirs, of_two, mixed])
    await check_orders(one)
    return [
        Figure("turns, to the Graph", hi.rate, "/s", STOCK, theirs.rate),
        Figure("turns, 2 Rasa workers", of_two.rate, "/s", "1 worker", hi.rate),
        Figure("turns, 2 Rasa workers", of_two.rate, "/s", STOCK, theirs.rate),
        Figure("mixed turns (hi, order, number, confirm)", mixed.rate, "/s"),
        Figure("acknowledging while Rasa is saturated, p99", percentile(saturated, 99), "ms"),
        Figure("CPU a turn, all processes", hi.of_bot, "ms", STOCK, theirs.of_bot),
        *costs("CPU a turn", hi),
        Figure("CPU a turn, 2 Rasa workers, all processes", of_two.of_bot, "ms"),
        *costs("CPU a turn, 2 Rasa workers", of_two),
        Figure("CPU a mixed turn, all processes", mixed.of_bot, "ms"),
        *costs("CPU a mixed turn", mixed),
        *costs("CPU a turn of the stock bot", theirs),
    ]


def costs(what: str, load: Load) -> list[Figure]:
    """One row a process, the dearest first."""
    dearest = sorted(load.milliseconds.items(), key=lambda cost: -cost[1])
    return [Figure(f"{what}, {part}", cost, "ms") for part, cost in dearest]


async def check_orders(bot: Bot) -> None:
    """The mixed turns are what they are called: every confirmed order is placed."""
    async with await psycopg.AsyncConnection.connect(bot.url) as connection:
        rows = await connection.execute(CONFIRMED, [ORDER[-1]["text"]["body"]])
        confirmed, placed = await rows.fetchone() or (0, 0)
    assert confirmed == placed > 0, f"{confirmed} orders confirmed, {placed} placed"


CONFIRMED = """
SELECT (SELECT count(*) FROM whatsapp_messages WHERE direction = 'incoming' AND content = %s),
    (SELECT count(*) FROM orders)
"""


async def long_conversations(one: Bot, other: Stock) -> list[Figure]:
    """The stock bot's is left out of the short form: it takes long and is no work of ours."""
    figures = lasting("turn", await one.turns(newcomer(), [HI] * LONG))
    if is_short():
        return figures
    sender = newcomer()
    theirs = [await other.answers(sender, "hi") for _ in range(LONG)]
    return [*figures, *lasting("stock bot's turn", theirs)]


def lasting(what: str, times: list[float]) -> list[Figure]:
    """The last ten turns of one customer beside the first ten."""
    first = 1000 * statistics.median(times[:TEN])
    last = 1000 * statistics.median(times[-TEN:])
    return [Figure(f"{what} no. {LONG} of one customer", last, "ms", "the first", first)]
