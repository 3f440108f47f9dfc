"""How fast webhooks are acknowledged, beside a bare Sanic handler with one INSERT."""

import asyncio
import time

import aiohttp

from benchmarks import meta
from benchmarks.figures import Figure, percentile
from benchmarks.machine import database, free_port, module, process

AT_ONCE = 16
CUSTOMERS = 500
SLICE = 500
SLICES = 6
BARE = "bare Sanic handler, one INSERT"


def measure() -> list[Figure]:
    with database() as url:
        ours, bare = free_port(), free_port()
        environment = {
            **meta.ENVIRONMENT,
            "DATABASE_URL": url,
            "BOT_PORT": str(ours),
            "WHATSAPP_API_URL": "http://127.0.0.1:9",
        }
        receiver = f"http://127.0.0.1:{ours}/webhooks/whatsapp/webhook"
        handler = f"http://127.0.0.1:{bare}/"
        with (
            process(module("connectors.whatsapp.receiver"), environment, receiver),
            process(module("benchmarks.bare", str(bare), url), {}, handler),
        ):
            return asyncio.run(compare(receiver, handler))


async def compare(receiver: str, handler: str) -> list[Figure]:
    """Both in turns, so that what else the machine does falls on both."""
    times: dict[str, list[float]] = {receiver: [], handler: []}
    spent = dict.fromkeys(times, 0.0)
    async with aiohttp.ClientSession() as session:
        for url in times:  # everything is loaded, the customers are known
            await post_many(session, url, CUSTOMERS)
        for _ in range(SLICES):
            for url in times:
                began = time.perf_counter()
                times[url] += await post_many(session, url, SLICE)
                spent[url] += time.perf_counter() - began
    rates = {url: len(times[url]) / spent[url] for url in times}
    return [
        Figure("webhooks acknowledged", rates[receiver], "/s", BARE, rates[handler]),
        *(
            Figure(
                f"acknowledging, p{percent} of {AT_ONCE} at once",
                percentile(times[receiver], percent),
                "ms",
                BARE,
                percentile(times[handler], percent),
            )
            for percent in (50, 99)
        ),
    ]


async def post_many(session: aiohttp.ClientSession, url: str, count: int) -> list[float]:
    """How long each took, so many being under way at once."""
    numbers = iter(range(count))

    async def poster() -> list[float]:
        return [
            await meta.post(session, url, meta.webhook(meta.phone(n % CUSTOMERS), meta.text("hi")))
            for n in numbers
        ]

    return [
        each for some in await asyncio.gather(*(poster() for _ in range(AT_ONCE))) for each in some
    ]
