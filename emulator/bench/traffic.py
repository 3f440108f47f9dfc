"""Records every request between the shop and WhatsApp, in both directions."""

import json
import time
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from emulator.chat import Json
from emulator.feed import Feed

LENGTH = 500
LONGEST_BODY = 20_000
# Paths of the page's own requests, which are not recorded.
OWN = ("/emulator", "/page")


@dataclass(frozen=True)
class Exchange:
    """One request: to the Graph API (`graph`) or to the shop's webhook (`webhook`).

    http: the status of the answer; None if none came.
    """

    number: int
    way: Literal["graph", "webhook"]
    method: str
    path: str
    body: bytes
    http: int | None
    milliseconds: int
    at: float

    def as_json(self) -> Json:
        return {
            "number": self.number,
            "way": self.way,
            "method": self.method,
            "path": self.path,
            "body": readable(self.body),
            "http": self.http,
            "milliseconds": self.milliseconds,
            "time": self.at,
        }


class Traffic:
    """The latest requests, oldest first; each is also sent to open pages."""

    def __init__(self, feed: Feed) -> None:
        self._entries: deque[Exchange] = deque(maxlen=LENGTH)
        self._count = 0
        self._feed = feed

    def __iter__(self) -> Iterator[Exchange]:
        return iter(self._entries)

    def clear(self) -> None:
        self._entries.clear()

    def add_exchange(
        self,
        way: Literal["graph", "webhook"],
        method: str,
        path: str,
        body: bytes,
        *,
        http: int | None,
        began: float,
    ) -> None:
        """Records a request; `began` is its start by the monotonic clock."""
        self._count += 1
        took = round((time.monotonic() - began) * 1000)
        entry = Exchange(self._count, way, method, path, body, http, took, time.time())
        self._entries.append(entry)
        if self._feed.is_read:
            self._feed.publish("traffic", entry.as_json())


def readable(body: bytes) -> Any:
    """The body as JSON, or its size if it is no JSON."""
    if not body:
        return None
    try:
        return json.loads(body) if len(body) <= LONGEST_BODY else f"{len(body)} bytes"
    except ValueError:
        return f"{len(body)} bytes"


class NotesRequests:
    """Middleware that records the shop's requests to the Graph API, without headers, which have the
    token."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] == "/" or scope["path"].startswith(OWN):
            await self.app(scope, receive, send)
            return
        began, body, status = time.monotonic(), bytearray(), None

        async def receive_and_keep() -> Message:
            message = await receive()
            body.extend(message.get("body", b"")[:LONGEST_BODY])
            return message

        async def send_and_keep(message: Message) -> None:
            nonlocal status
            status = message.get("status", status)
            await send(message)

        try:
            await self.app(scope, receive_and_keep, send_and_keep)
        finally:
            traffic: Traffic = scope["app"].state.emulator.traffic
            traffic.add_exchange(
                "graph", scope["method"], scope["path"], bytes(body), http=status, began=began
            )
