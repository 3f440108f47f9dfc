"""A plain ASGI application: routes, complete bodies of limited size, short answers.

It runs behind uvicorn, which refuses malformed HTTP (a broken, negative or double Content-Length,
or one beside a Transfer-Encoding) first.
"""

import json
import logging
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from dataclasses import dataclass
from typing import Any

logger = logging.getLogger(__name__)

Scope = MutableMapping[str, Any]
Event = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Event]]
Send = Callable[[Event], Awaitable[None]]

# Meta sends up to 3 MB in one body.
MAX_BODY = 8_000_000
# For all incomplete bodies together: many half-sent ones must not fill the memory.
MAX_UNFINISHED = 64_000_000


@dataclass(frozen=True)
class Answer:
    """A status and a body."""

    status: int
    body: bytes = b""
    content_type: bytes = b"text/plain; charset=utf-8"
    closes: bool = False


@dataclass(frozen=True)
class Request:
    """The parts of a request that handlers use."""

    query: bytes
    headers: list[tuple[bytes, bytes]]
    body: bytes

    def header(self, name: bytes) -> bytes | None:
        """The first header of this name, which is given in lower case."""
        return next((value for key, value in self.headers if key == name), None)


Handler = Callable[[Request], Awaitable[Answer]]
Routes = Mapping[tuple[str, str], Handler]


class Refused(Exception):
    """A body that is refused, with the status to answer."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class Disconnected(Exception):
    """The sender disconnected before the body was complete."""


class Application:
    """Answers requests by method and path, and 404 or 405 for others."""

    def __init__(self, routes: Routes) -> None:
        self._routes = routes
        self._paths = {path for _, path in routes}
        self._unfinished = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            raise ValueError(scope["type"])
        try:
            answer = await self._answer_request(scope, receive)
        except Refused as refused:
            answer = Answer(refused.status, closes=True)
        except Disconnected:
            return
        except Exception as error:
            # Its message may hold what a customer wrote.
            logger.error("%s failed: %s", scope["path"], type(error).__name__)
            answer = Answer(500)
        await _send(answer, scope["method"], send)

    async def _answer_request(self, scope: Scope, receive: Receive) -> Answer:
        method, path = scope["method"], scope["path"]
        handler = self._routes.get(("GET" if method == "HEAD" else method, path))
        if handler is None:
            return Answer(405 if path in self._paths else 404, closes=True)
        headers = scope["headers"]
        body = await self._body(headers, receive) if method == "POST" else b""
        return await handler(Request(scope["query_string"], headers, body))

    async def _body(self, headers: list[tuple[bytes, bytes]], receive: Receive) -> bytes:
        """The whole body, with or without a Content-Length.

        Raises:
            Refused: 413 for more than MAX_BODY, 503 if too many bytes of bodies are unfinished.
            Disconnected: the sender has left.
        """
        if _told_length(headers) > MAX_BODY:
            raise Refused(413)
        body = bytearray()
        held = 0
        try:
            while (event := await receive())["type"] == "http.request":
                body += event["body"]
                if len(body) > MAX_BODY:
                    raise Refused(413)
                if not event["more_body"]:
                    return bytes(body)
                self._unfinished += len(body) - held
                held = len(body)
                if self._unfinished > MAX_UNFINISHED:
                    raise Refused(503)
            raise Disconnected
        finally:
            self._unfinished -= held


def _told_length(headers: list[tuple[bytes, bytes]]) -> int:
    """The Content-Length, which uvicorn's parser has checked to be a number; 0 without one."""
    return next((int(value) for key, value in headers if key == b"content-length"), 0)


def json_answer(value: object, status: int = 200) -> Answer:
    return Answer(status, json.dumps(value).encode(), b"application/json")


async def _send(answer: Answer, method: str, send: Send) -> None:
    headers = [(b"content-length", b"%d" % len(answer.body))]
    if answer.body:
        headers.append((b"content-type", answer.content_type))
    if answer.closes:
        # What is left of the request is never read.
        headers.append((b"connection", b"close"))
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})
    body = b"" if method == "HEAD" else answer.body
    await send({"type": "http.response.body", "body": body})
