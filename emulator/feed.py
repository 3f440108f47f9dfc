"""Live updates for the page: server-sent events, one queue per open page."""

import asyncio
from collections.abc import AsyncIterator

from emulator.chat import Json
from emulator.encoding import encode_json

# A page with so many unread events is taken for gone; if it is not, it reconnects.
MOST_UNREAD = 2000
KEEP_ALIVE_SECONDS = 15.0


class Feed:
    """All open pages that listen."""

    def __init__(self) -> None:
        self._queues: set[asyncio.Queue[bytes | None]] = set()
        self.closed = False

    @property
    def is_read(self) -> bool:
        """Whether a page is open."""
        return bool(self._queues)

    def publish(self, event: str, data: Json) -> None:
        """Queues an event for every open page; never waits."""
        if self._queues:
            self._send(as_event(event, data))

    def close(self) -> None:
        """Ends every stream, so that the server can stop."""
        self.closed = True
        self._send(None)

    async def listen(self, first: bytes) -> AsyncIterator[bytes]:
        """The stream of one page: `first`, then each event."""
        queue: asyncio.Queue[bytes | None] = asyncio.Queue(MOST_UNREAD)
        self._queues.add(queue)
        try:
            yield first
            while not self.closed:
                chunk = await _next(queue)
                if chunk is None:
                    return
                yield chunk
        finally:
            self._queues.discard(queue)

    def _send(self, chunk: bytes | None) -> None:
        for queue in list(self._queues):
            try:
                queue.put_nowait(chunk)
            except asyncio.QueueFull:
                self._queues.discard(queue)


async def _next(queue: asyncio.Queue[bytes | None]) -> bytes | None:
    """The next event, or a comment that keeps the connection open."""
    try:
        return await asyncio.wait_for(queue.get(), KEEP_ALIVE_SECONDS)
    except TimeoutError:
        return b": still here\n\n"


def as_event(event: str, data: Json) -> bytes:
    return b"event: " + event.encode() + b"\ndata: " + encode_json(data) + b"\n\n"
