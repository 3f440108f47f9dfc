"""Our whole bot for one measurement: what `make run` starts, with a Graph that says yes."""

import asyncio
import os
import signal
import subprocess
import tempfile
import threading
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

import aiohttp
import psycopg

from benchmarks.machine import database, free_port, module
from benchmarks.rig import meta
from benchmarks.rig.meta import Content, Graph
from benchmarks.rig.processes import Stack, postmaster_of
from settings import ROOT


@dataclass
class Bot:
    """The running bot; `says` posts a customer's message, `answers` also waits for the reply."""

    url: str
    webhook: str
    graph: Graph
    session: aiohttp.ClientSession
    stack: Stack

    async def says(self, customer: str, content: Content) -> float:
        """Seconds until the webhook was acknowledged."""
        return await meta.post(self.session, self.webhook, meta.webhook(customer, content))

    async def answers(self, customer: str, content: Content) -> float:
        """Seconds from the webhook's leaving to the reply's arrival at the Graph."""
        began = asyncio.get_running_loop().time()
        await self.says(customer, content)
        async with asyncio.timeout(120):
            await self.graph.answers_of(customer).get()
        return asyncio.get_running_loop().time() - began

    async def turns(self, customer: str, contents: Sequence[Content]) -> list[float]:
        """Seconds from each message's acceptance to its turn's commit, one after the other.

        The times come from the database, since after forty messages the sender keeps WhatsApp's
        pace.
        """
        async with await psycopg.AsyncConnection.connect(self.url, autocommit=True) as connection:
            for number, content in enumerate(contents, 1):
                await self.says(customer, content)
                while await done(connection, customer) < number:  # noqa: ASYNC110
                    await asyncio.sleep(0.002)
            rows = await connection.execute(TOOK, [customer])
            return [float(seconds) for (seconds,) in await rows.fetchall()]


DONE = """
SELECT count(*) FROM whatsapp_messages
WHERE direction = 'incoming' AND status = 'processed' AND from_phone = %s
"""
TOOK = """
SELECT extract(epoch FROM reply.created_at - message.created_at)
FROM whatsapp_messages AS message JOIN whatsapp_messages AS reply ON reply.cause_id = message.id
WHERE message.direction = 'incoming' AND message.from_phone = %s AND reply.position = 0
ORDER BY message.id
"""


async def done(connection: psycopg.AsyncConnection[tuple[int]], customer: str) -> int:
    row = await (await connection.execute(DONE, [customer])).fetchone()
    return row[0] if row else 0


@asynccontextmanager
async def running_bot(workers: int) -> AsyncIterator[Bot]:
    """The bot with so many Rasa workers, on a database of its own."""
    ports = {name: str(free_port()) for name in ("BOT_PORT", "EMULATOR_PORT", "CONSOLE_PORT")}
    ports["RASA_PORT"] = str(free_port(workers))
    async with Graph(free_port()) as graph, aiohttp.ClientSession() as session:
        with database() as url, tempfile.TemporaryDirectory() as logs:
            environment = {
                **os.environ,
                **meta.ENVIRONMENT,
                **ports,
                "DATABASE_URL": url,
                "WHATSAPP_API_URL": f"http://127.0.0.1:{graph.port}",
                "RASA_WORKERS": str(workers),
                "MESSAGES_PER_SECOND": "1000",
                "MESSAGES_ANSWERED_PER_MINUTE": "100000",
            }
            started = start_worker(environment, logs)
            try:
                await asyncio.to_thread(wait_until_ready, started)
                webhook = f"http://127.0.0.1:{ports['BOT_PORT']}/webhooks/whatsapp/webhook"
                stack = Stack(started.pid, postmaster_of(url))
                yield Bot(url, webhook, graph, session, stack)
            finally:
                started.send_signal(signal.SIGTERM)
                await asyncio.to_thread(started.wait, 60)


def start_worker(environment: dict[str, str], logs: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        module("settings.run", "--logs", logs),
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        start_new_session=True,
    )


def wait_until_ready(started: subprocess.Popen[bytes]) -> None:
    assert started.stdout
    said = b""
    for line in started.stdout:
        said += line
        if line.startswith(b"Ready."):
            # Somebody must go on reading, or the pipe fills up.
            threading.Thread(target=started.stdout.read, daemon=True).start()
            return
    raise AssertionError(f"the bot did not start:\n{said.decode()}")
