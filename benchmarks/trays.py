"""Measures the cost of order, uniqueness and receipts: the trays against a bare SKIP LOCKED table.

`python -m benchmarks.trays` runs for about half a minute on a PostgreSQL of its own and prints
rates and ratios. The bare table keeps no order, knows no customers and drops no duplicates; it
stores, takes and marks as done with as few statements as that needs.
"""

import asyncio
import math
import time
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import UTC, datetime

import psycopg

from benchmarks.bare_table import (
    MESSAGES,
    PAYLOAD,
    REPLY,
    TABLE,
    SyncConnection,
    bare_accepting,
    bare_sending,
    bare_turning,
    rate_of,
)
from benchmarks.figures import Figure, percentile_in_ms
from benchmarks.machine import database
from connectors.whatsapp.send.sender import run_sender
from trays.accept import accept_messages
from trays.intake import Intake
from trays.messages import Claim, Incoming
from trays.pools import Connection, Pool, pool
from trays.retry import Pace
from trays.sender import Sender
from trays.turn_end import finish_message
from trays.worker import Worker

RUNNERS = 8
CUSTOMERS = 500
WAKINGS = 200


@dataclass
class Measure:
    """Messages a second, ours and the bare table's."""

    what: str
    ours: float
    bare: float

    def row(self) -> str:
        cost = self.bare / self.ours
        return f"| {self.what} | {self.ours:,.0f}/s | {self.bare:,.0f}/s | {cost:.2f} |"


def main() -> None:
    measures, delays = measured()
    print(f"{MESSAGES:,} messages of {CUSTOMERS} customers, {RUNNERS} at once, one process")
    print("| messages a second | trays | bare table | cost, times |\n|---|---:|---:|---:|")
    print("\n".join(each.row() for each in measures))
    p50, p99 = (delays[int(len(delays) * part)] * 1000 for part in (0.5, 0.99))
    print(f"from stored to claimed by an idle worker: p50 {p50:.1f} ms, p99 {p99:.1f} ms")


def measured() -> tuple[list[Measure], list[float]]:
    with database() as url:
        return asyncio.run(measure_trays(url))


def figures() -> list[Figure]:
    """For the table of `make bench`."""
    measures, delays = measured()
    rates = [
        Figure(f"messages {each.what}", each.ours, "/s", "bare SKIP LOCKED table", each.bare)
        for each in measures
    ]
    return [
        *rates,
        Figure("stored to claimed by an idle worker, p50", percentile_in_ms(delays, 50), "ms"),
    ]


async def measure_trays(url: str) -> tuple[list[Measure], list[float]]:
    async with AsyncExitStack() as stack:
        connections = await stack.enter_async_context(pool(url, size=2 * RUNNERS + 2))
        own = [await stack.enter_async_context(connections.connection()) for _ in range(RUNNERS)]
        plain = [await stack.enter_async_context(await connect(url)) for _ in range(RUNNERS)]
        syncs = [stack.enter_context(psycopg.connect(url)) for _ in range(RUNNERS)]
        await warm_up(plain[0])
        measures = [
            Measure("accepted", await accepting(own), await bare_accepting(plain)),
            Measure(
                "claimed, finished with a reply",
                await turning(connections, syncs),
                await bare_turning(syncs),
            ),
            Measure("claimed, kept as sent", await sending(connections), await bare_sending(plain)),
        ]
        return measures, await waking(connections, syncs[0])


async def connect(url: str) -> Connection:
    return await psycopg.AsyncConnection.connect(url, autocommit=True)


async def warm_up(conn: Connection) -> None:
    """Makes the customers, for they are mostly known, and lets the planner see them."""
    await conn.execute(TABLE.encode())
    await accept_messages(conn, [message(-n) for n in range(1, CUSTOMERS + 1)])
    await conn.execute("UPDATE whatsapp_messages SET status = 'processed'")
    await conn.execute("UPDATE lanes SET ready_at = NULL")
    await conn.execute("VACUUM ANALYZE")


async def accepting(conns: list[Connection]) -> float:
    numbers = iter(range(MESSAGES))

    async def runner(conn: Connection) -> None:
        for n in numbers:
            await accept_messages(conn, [message(n)])

    return await rate_of(map(runner, conns))


async def turning(connections: Pool, conns: list[SyncConnection]) -> float:
    """Turns that say one thing and do nothing else, each committed in a thread."""
    left = MESSAGES
    async with Worker(connections, "incoming") as worker:

        async def run_sync(conn: SyncConnection) -> None:
            nonlocal left
            while claim := await worker.next():
                await asyncio.to_thread(turn, conn, claim)
                left -= 1
                if not left:
                    worker.stop()

        return await rate_of(map(run_sync, conns))


def turn(conn: SyncConnection, claim: Claim) -> None:
    finish_message(conn, claim, [REPLY])
    conn.commit()


async def sending(connections: Pool) -> float:
    """Sends that WhatsApp answers at once, by the sender's own loop."""
    left = MESSAGES
    async with Sender(connections, "1", per_second=math.inf, pace=Pace(0.001, 1000)) as sender:

        async def deliver(claim: Claim) -> None:
            nonlocal left
            await sender.sent(claim, f"wamid.out.{claim.row}")
            left -= 1
            if not left:
                sender.stop()

        return await rate_of([run_sender(sender, deliver)])


async def waking(connections: Pool, conn: SyncConnection) -> list[float]:
    """Seconds from a message's being stored to its being in hand, one at a time, sorted."""
    intake, delays = Intake(connections), []
    async with Worker(connections, "incoming") as worker:
        for n in range(WAKINGS):
            waiting = asyncio.create_task(worker.next())
            await asyncio.sleep(0.02)
            await intake.accept([message(MESSAGES + n)])
            began = time.perf_counter()
            claim = await waiting
            delays.append(time.perf_counter() - began)
            if claim:
                turn(conn, claim)
    return sorted(delays)


def message(n: int) -> Incoming:
    return Incoming(
        message_id=f"wamid.in.{n}",
        phone=f"9190000{n % CUSTOMERS:05}",
        user_id=None,
        name="Asha",
        to_phone="15550001111",
        message_type="text",
        content="two coffees please",
        media_url=None,
        media_type=None,
        media_size=None,
        timestamp=datetime.now(UTC),
        context_id=None,
        payload=PAYLOAD,
    )


if __name__ == "__main__":
    main()
