"""Measures a shop at rest: CPU, connections and memory while nobody writes.

The first minute after a start is no rest: PostgreSQL still writes what the start has left, the
processes do for the first time what they do every minute, and pools close connections.
"""

import asyncio
import time

import psycopg

from benchmarks.figures import Figure
from benchmarks.rig.bot import Bot
from benchmarks.rig.processes import spent
from benchmarks.running import print_progress, size

CALM = size(60, 20)  # seconds after the last turn
SECONDS = size(60, 20)
ALL = "at rest, CPU a minute, all processes"
CONNECTIONS = """
SELECT count(*) FROM pg_stat_activity
WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()
"""


async def measure_rest(bot: Bot) -> list[Figure]:
    """CPU a minute, connections and memory; the bot is one worker's, and has
    answered a few."""
    print_progress("  at rest")
    await asyncio.sleep(CALM)
    before, began = bot.stack.cpu(), time.perf_counter()
    await asyncio.sleep(SECONDS)
    minutes = (time.perf_counter() - began) / 60
    cpu = {part: cost / minutes for part, cost in spent(before, bot.stack.cpu()).items()}
    return [
        Figure(ALL, sum(cpu.values()), "s"),
        *(Figure(f"at rest, CPU a minute, {part}", cost, "s") for part, cost in cpu.items()),
        Figure("at rest, database connections", await count_connections(bot.url), "open"),
        *memory("at rest", bot),
    ]


async def measure_connections_later(bot: Bot) -> Figure:
    """The connections that are still open a minute after load."""
    await asyncio.sleep(CALM)
    return Figure(
        f"{CALM} s after load, database connections", await count_connections(bot.url), "open"
    )


async def count_connections(url: str) -> int:
    """How many connections are open besides this one."""
    async with await psycopg.AsyncConnection.connect(url) as connection:
        row = await (await connection.execute(CONNECTIONS)).fetchone()
    return row[0] if row else 0


def memory(when: str, bot: Bot) -> list[Figure]:
    """PSS, where pages shared by processes are divided among them, and RSS."""
    figures = []
    for kind in ("Pss", "Rss"):
        by_part, name = bot.stack.memory(kind), kind.upper()
        figures.append(
            Figure(f"{when}, memory ({name}), all processes", sum(by_part.values()), "MB")
        )
        figures += [
            Figure(f"{when}, memory ({name}), {part}", used, "MB") for part, used in by_part.items()
        ]
    return figures
