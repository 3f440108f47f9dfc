"""Webhooks posted at little cost: the driver shares the cores with what it measures.

aiohttp's client takes about a millisecond of CPU a request on a slow machine, as much as the
receiver itself; these connections take a tenth.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from typing import cast
from urllib.parse import urlsplit

from benchmarks.rig.meta import Signed

END_OF_HEAD = b"\r\n\r\n"
LAST_CHUNK = b"0\r\n\r\n"


class PostingFailed(Exception):
    """A webhook was not answered with 200; the message holds what came."""


class Connection(asyncio.Protocol):
    """One connection that is kept alive, one request under way at a time."""

    def __init__(self) -> None:
        self._received = b""
        self._answered: asyncio.Future[None] | None = None
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)  # uvloop's is one by duck typing

    def data_received(self, data: bytes) -> None:
        self._received += data
        if self._answered and not self._answered.done() and is_answer_complete(self._received):
            self._answered.set_result(None)

    def connection_lost(self, error: Exception | None) -> None:
        if self._answered and not self._answered.done():
            self._answered.set_exception(PostingFailed(f"closed: {error}, {self._received!r}"))

    async def post(self, request: bytes) -> float:
        """Seconds until it was answered.

        Raises:
            PostingFailed: the answer is not 200, or the connection was closed.
        """
        assert self._transport
        self._received, self._answered = b"", asyncio.get_running_loop().create_future()
        began = time.perf_counter()
        self._transport.write(request)
        await self._answered
        taken = time.perf_counter() - began
        if b" 200 " not in self._received[:16]:
            raise PostingFailed(repr(self._received))
        return taken

    def close(self) -> None:
        if self._transport:
            self._transport.close()


def is_answer_complete(answer: bytes) -> bool:
    """Whether the answer has arrived to its end."""
    head, found, body = answer.partition(END_OF_HEAD)
    _, has_length, rest = head.lower().partition(b"content-length:")
    if has_length:
        return bool(found) and len(body) >= int(rest.partition(b"\r\n")[0])
    return body.endswith(LAST_CHUNK)


def request(url: str, webhook: Signed) -> bytes:
    """The bytes of a POST."""
    parts = urlsplit(url)
    headers = {"Host": parts.netloc, **webhook.headers, "Content-Length": str(len(webhook.raw))}
    lines = [f"POST {parts.path} HTTP/1.1", *(f"{name}: {it}" for name, it in headers.items())]
    return "\r\n".join(lines).encode() + END_OF_HEAD + webhook.raw


@asynccontextmanager
async def open_connections(url: str, count: int) -> AsyncIterator[list[Connection]]:
    """So many, for one slice: servers close those that were idle for some seconds."""
    parts, loop = urlsplit(url), asyncio.get_running_loop()
    host, port = parts.hostname or "127.0.0.1", parts.port or 80
    opened = [(await loop.create_connection(Connection, host, port))[1] for _ in range(count)]
    try:
        yield opened
    finally:
        for each in opened:
            each.close()


async def post_all(url: str, requests: Iterable[bytes], at_once: int) -> list[float]:
    """Posts them in this order, so many under way at once; seconds of each."""
    waiting, times = iter(requests), []

    async def poster(connection: Connection) -> None:
        for each in waiting:
            times.append(await connection.post(each))

    async with open_connections(url, at_once) as opened:
        await asyncio.gather(*map(poster, opened))
    return times
