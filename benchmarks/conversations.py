"""What customers say under load: "hi" of newcomers, and whole orders."""

import asyncio
import itertools
from collections.abc import Awaitable, Callable

from benchmarks.load import Run
from benchmarks.rig import meta
from benchmarks.rig.bot import Bot
from benchmarks.rig.meta import Content
from benchmarks.rig.posting import post_all, request
from benchmarks.rig.stock import Stock

HI = meta.text_webhook("hi")
ORDER = (
    HI,
    meta.text_webhook("I want coffee"),
    meta.text_webhook("2"),
    meta.text_webhook("confirm"),
)
POSTERS = 4  # webhooks under way at once, so that Rasa never waits for the driver
AT_ONCE = 8  # requests to the stock bot, which has no tray to fill

_numbers = itertools.count(1)


def newcomer() -> str:
    """The number of a customer who has not written yet."""
    return meta.phone(next(_numbers))


def greetings(bot: Bot, acknowledged: list[float]) -> Callable[[int], Run]:
    """Each turn is a newcomer's "hi"; how long acknowledging took goes into the list."""

    def prepare(turns: int) -> Run:
        requests = [sign_message(bot, newcomer(), HI) for _ in range(turns)]
        return lambda: pile_up(bot, [requests], acknowledged)

    return prepare


def orders(bot: Bot) -> Callable[[int], Run]:
    """Every four turns are a newcomer's order: hi, a product in words, a number, confirm."""

    def prepare(turns: int) -> Run:
        customers = [newcomer() for _ in range(turns // len(ORDER))]
        rounds = [[sign_message(bot, each, content) for each in customers] for content in ORDER]
        return lambda: pile_up(bot, rounds, [])

    return prepare


def sign_message(bot: Bot, customer: str, content: Content) -> bytes:
    """The request that WhatsApp makes when the customer says this."""
    return request(bot.webhook, meta.sign_request(meta.webhook(customer, content)))


async def pile_up(bot: Bot, rounds: list[list[bytes]], acknowledged: list[float]) -> None:
    """Posts messages as fast as they are acknowledged; returns when the last reply is sent.

    A round holds one message of each customer, and is acknowledged before the next begins, so that
    each customer's messages stay in order.
    """
    replies = bot.graph.count + sum(map(len, rounds))
    for requests in rounds:
        acknowledged += await post_all(bot.webhook, requests, POSTERS)
    await bot.graph.counts(replies)


def stock_greetings(bot: Stock) -> Callable[[int], Run]:
    """Each turn is a new sender's "hi"; AT_ONCE of them are under way at the same time."""

    def prepare(turns: int) -> Run:
        senders = iter([newcomer() for _ in range(turns)])

        async def sender() -> None:
            for name in senders:
                await bot.answers(name, "hi")

        async def run() -> None:
            await asyncio.gather(*(sender() for _ in range(AT_ONCE)))

        return run

    return prepare


async def sampled(samples: int, *turns: Callable[[], Awaitable[float]]) -> list[list[float]]:
    """The seconds of single turns, taken alternately from both bots."""
    times: list[list[float]] = [[] for _ in turns]
    for _ in range(samples):
        for taken, turn in zip(times, turns, strict=True):
            taken.append(await turn())
    return times
