"""The server: few ticks while nothing happens, a date that goes on, and an end in good order."""

import asyncio
import socket
from email.utils import parsedate_to_datetime

import uvicorn

from settings import server
from settings.server import Server

PATIENCE = 60


async def hello(scope, _receive, send):
    assert scope["type"] == "http"
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"hello"})


class Counting(Server):
    """Counts its ticks."""

    ticks = 0

    async def on_tick(self, counter):
        self.ticks += 1
        return await super().on_tick(counter)


async def dated(port):
    """The Date of an answer."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
    head = (await reader.read()).partition(b"\r\n\r\n")[0].decode()
    writer.close()
    (line,) = (each for each in head.lower().split("\r\n") if each.startswith("date:"))
    return parsedate_to_datetime(line.removeprefix("date: "))


def serve(act):
    """Runs what a test does with a server that listens."""

    async def running():
        config = uvicorn.Config(hello, ws="none", lifespan="off", log_config=None)
        made = Counting(config)
        listening = socket.create_server(("127.0.0.1", 0))
        async with asyncio.timeout(PATIENCE):
            serving = asyncio.create_task(made.serve([listening]))
            await act(made, listening.getsockname()[1])
            made.stop()
            await serving

    asyncio.run(running())


def test_the_date_goes_on(monkeypatch):
    monkeypatch.setattr(server, "TICK", 0.1)

    async def act(_made, port):
        first = await dated(port)
        while await dated(port) == first:  # noqa: ASYNC110
            await asyncio.sleep(0.2)

    serve(act)


def test_it_ends_when_told_to_and_not_with_the_next_tick(monkeypatch):
    monkeypatch.setattr(server, "TICK", 10 * PATIENCE)

    async def act(made, port):
        await dated(port)
        assert made.ticks == 1

    serve(act)
