"""A message's way through the trays, step by step, on connections that stay open."""

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from contextlib import AsyncExitStack, contextmanager
from functools import partial
from itertools import count
from typing import Any

import psycopg

from benchmarks.bare_table import REPLY
from benchmarks.trays import CUSTOMERS, message
from trays import retention
from trays.accept import accept_messages
from trays.messages import Claim
from trays.pools import Connection, pool
from trays.retry import Pace
from trays.sender import Sender
from trays.turn_end import finish_message
from trays.worker import Worker

_numbers = count(1)


class Steps:
    """Each step takes what the one before it left; `steps` runs them on a loop of their own."""

    def __init__(self, connection: Connection, turn: psycopg.Connection[Any]) -> None:
        self.connection, self.turn = connection, turn
        self.claimed: list[Claim] = []
        self.worker: Worker
        self.sender: Sender

    async def accept(self) -> None:
        await accept_messages(self.connection, [message(next(_numbers))])

    async def claim(self) -> None:
        if claim := await self.worker.claim():
            self.claimed.append(claim)

    async def end(self) -> None:
        if self.claimed:
            finish_message(self.turn, self.claimed.pop(), [REPLY])
            self.turn.commit()

    async def send(self) -> None:
        if claim := await self.sender.claim():
            await self.sender.sent(claim, f"wamid.sent.{claim.row}")

    async def prune(self) -> None:
        await retention.delete_finished(self.connection, 90)

    async def forget(self) -> None:
        await retention.delete_unclear(self.connection, 90)

    async def sweep(self) -> None:
        await retention.delete_expired(self.connection)

    async def depth(self) -> None:
        await retention.tray_depth(self.connection)


@contextmanager
def steps(url: str) -> Iterator[dict[str, Callable[[], None]]]:
    """The steps by name, as plain functions."""
    loop = asyncio.new_event_loop()
    stack = AsyncExitStack()
    try:
        made = loop.run_until_complete(_open(url, stack))
        acts: dict[str, Callable[[], Coroutine[Any, Any, None]]] = {
            "accept": made.accept,
            "claim": made.claim,
            "end of a turn": made.end,
            "claim and keep as sent": made.send,
            "retention": made.prune,
            "retention of what was not understood": made.forget,
            "sweep": made.sweep,
            "depth of the trays": made.depth,
        }
        yield {name: partial(_run, loop, act) for name, act in acts.items()}
    finally:
        loop.run_until_complete(stack.aclose())
        loop.close()


def _run(loop: asyncio.AbstractEventLoop, act: Callable[[], Coroutine[Any, Any, None]]) -> None:
    loop.run_until_complete(act())


async def _open(url: str, stack: AsyncExitStack) -> Steps:
    connections = await stack.enter_async_context(pool(url, size=8))
    own = await stack.enter_async_context(connections.connection())
    made = Steps(own, stack.enter_context(psycopg.connect(url)))
    # The bench's customers are here before anything is measured.
    await accept_messages(own, [message(-n) for n in range(1, CUSTOMERS + 1)])
    await own.execute("UPDATE whatsapp_messages SET status = 'processed' WHERE status = 'received'")
    await own.execute("UPDATE lanes SET ready_at = NULL WHERE ready_at IS NOT NULL")
    made.worker = await stack.enter_async_context(Worker(connections, "incoming"))
    pace = Pace(0.001, 1000)
    made.sender = await stack.enter_async_context(
        Sender(connections, "1", per_second=1e9, pace=pace)
    )
    return made
