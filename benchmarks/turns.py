"""Measures turns of the whole bot and of a stock Rasa bot: delay, rate and cost."""

import asyncio
import statistics
from contextlib import AsyncExitStack

import psycopg

from benchmarks import rest, running
from benchmarks.capacity import Measured, needs
from benchmarks.conversations import (
    HI,
    ORDER,
    greetings,
    newcomer,
    orders,
    sampled,
    stock_greetings,
)
from benchmarks.figures import Figure, percentile_in_ms
from benchmarks.load import Load, interleave
from benchmarks.rig import bot, meta, stock
from benchmarks.rig.bot import Bot
from benchmarks.rig.stock import Stock
from benchmarks.running import is_short, print_progress, size

SAMPLES = size(100, 30)
LONG = 200  # turns of one customer
TEN = 10
NOTHING = 0.005  # CPU milliseconds a turn that the table would show as 0.00
TAP = meta.tap_webhook("new_order")
STOCK = "stock bot (rasa init), REST"


def measure_turns() -> list[Figure]:
    return running.run_loop(compare_turns())


async def compare_turns() -> list[Figure]:
    """The short form leaves out the second worker and the long conversations."""
    async with AsyncExitStack() as stack:
        one, other, figures = await start_bots(stack)
        figures += await latencies(one, other)
        idle = next(each.ours for each in figures if each.what == rest.ALL)
        figures += await under_load(one, other, idle)
        if is_short():
            return figures
        figures.append(await rest.measure_connections_later(one))
        async with bot.running_bot(2) as two:
            figures += await two_workers(one, two, other)
        return [*figures, *await long_conversations(one, other)]


async def start_bots(stack: AsyncExitStack) -> tuple[Bot, Stock, list[Figure]]:
    """Ours with one worker and a stock bot, both warm; and what ours costs at rest.

    In the short form the stock bot, which takes half a minute of CPU to load, does so meanwhile.
    """
    print_progress("  starting the bots")
    async with asyncio.TaskGroup() as group:
        starting = group.create_task(stack.enter_async_context(stock.running_stock()))
        one = await stack.enter_async_context(bot.running_bot(1))
        for _ in range(TEN):
            await one.answers(newcomer(), HI)
        if not is_short():
            await starting
        at_rest = await rest.measure_rest(one)
    other = starting.result()
    for _ in range(TEN):
        await other.answers(newcomer(), "hi")
    return one, other, at_rest


async def latencies(one: Bot, other: Stock) -> list[Figure]:
    """One message at a time, from the webhook's leaving to the reply at the Graph."""
    print_progress("  one message at a time")
    hi, hi_stock, tap, said = await sampled(
        SAMPLES,
        lambda: one.answers(newcomer(), HI),
        lambda: other.answers(newcomer(), "hi"),
        lambda: one.answers(newcomer(), TAP),
        lambda: one.answers(newcomer(), meta.text_webhook("two coffees please")),
    )
    beside = STOCK, percentile_in_ms(hi_stock, 50)
    return [
        Figure('"hi" to its answer, p50', percentile_in_ms(hi, 50), "ms", *beside),
        *(
            Figure(f"webhook to Graph, {what}, p{percent}", percentile_in_ms(times, percent), "ms")
            for what, times in (("a tap", tap), ("a sentence", said))
            for percent in (50, 99)
        ),
    ]


async def under_load(one: Bot, other: Stock, at_rest: float) -> list[Figure]:
    """Rates and CPU while messages pile up, the bots in turn; and what shops need by these."""
    print_progress("  under load")
    saturated: list[float] = []
    hi = Load(greetings(one, saturated), one.stack.cpu)
    theirs = Load(stock_greetings(other), other.cpu)
    mixed = Load(orders(one), one.stack.cpu)
    await interleave([hi, theirs, mixed])
    open_connections = await rest.count_connections(one.url)
    await check_orders(one)
    measured = Measured(mixed.milliseconds, one.stack.memory("Pss"), at_rest)
    return [
        Figure("turns, to the Graph", hi.rate, "/s", STOCK, theirs.rate),
        Figure("mixed turns (hi, order, number, confirm)", mixed.rate, "/s"),
        Figure("acknowledging while Rasa is saturated, p99", percentile_in_ms(saturated, 99), "ms"),
        Figure("CPU a turn, all processes", hi.of_bot, "ms", STOCK, theirs.of_bot),
        *costs("CPU a turn", hi),
        *costs("CPU a turn of the stock bot", theirs),
        Figure("CPU a mixed turn, all processes", mixed.of_bot, "ms"),
        *costs("CPU a mixed turn", mixed),
        Figure("after load, database connections", open_connections, "open"),
        *rest.memory("after load", one),
        *needs(measured),
    ]


async def two_workers(one: Bot, two: Bot, other: Stock) -> list[Figure]:
    """Two workers beside one and beside the stock bot's one process, in turn."""
    print_progress("  two workers")
    for _ in range(TEN):  # both workers have handled some
        await two.answers(newcomer(), HI)
    taps, taps_of_one = await sampled(
        SAMPLES,
        lambda: two.answers(newcomer(), TAP),
        lambda: one.answers(newcomer(), TAP),
    )
    of_two = Load(greetings(two, []), two.stack.cpu)
    of_one = Load(greetings(one, []), one.stack.cpu)
    theirs = Load(stock_greetings(other), other.cpu)
    await interleave([of_two, of_one, theirs])
    tap = percentile_in_ms(taps, 50), "ms", "1 worker", percentile_in_ms(taps_of_one, 50)
    return [
        Figure("turns, 2 Rasa workers", of_two.rate, "/s", "1 worker", of_one.rate),
        Figure("turns, 2 Rasa workers", of_two.rate, "/s", STOCK, theirs.rate),
        Figure(
            "CPU a turn, 2 Rasa workers, all processes", of_two.of_bot, "ms", STOCK, theirs.of_bot
        ),
        *costs("CPU a turn, 2 Rasa workers", of_two),
        Figure("webhook to Graph, a tap, 2 workers, p50", *tap),
    ]


def costs(what: str, load: Load) -> list[Figure]:
    """One row a process, the dearest first; without those that did nothing."""
    dearest = sorted(load.milliseconds.items(), key=lambda cost: -cost[1])
    return [Figure(f"{what}, {part}", cost, "ms") for part, cost in dearest if cost > NOTHING]


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
    """One customer says "hi" again and again, to ours and to the stock bot."""
    print_progress("  long conversations")
    ours, sender = await one.turns(newcomer(), [HI] * LONG), newcomer()
    theirs = [await other.answers(sender, "hi") for _ in range(LONG)]
    return [*lasting("turn", ours), *lasting("stock bot's turn", theirs)]


def lasting(what: str, times: list[float]) -> list[Figure]:
    """The last ten turns of one customer beside the first ten."""
    first = 1000 * statistics.median(times[:TEN])
    last = 1000 * statistics.median(times[-TEN:])
    return [Figure(f"{what} no. {LONG} of one customer", last, "ms", "the first", first)]
