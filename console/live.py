"""Sends news to open pages, as an event stream or as a single response."""

import asyncio
import json
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractContextManager, suppress

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

from console import wording
from console.authentication import COOKIE, staff_page
from console.inbox import reading as inbox
from console.orders import reading as orders
from console.request_context import RequestContext
from shop.opening.reading import read_settings, shop_zone
from shop.orders import unseen_orders
from shop.staff import logins
from shop.support import queue

_LOOK_EVERY = 0.7  # seconds; news must arrive within two
_REPEAT_EVERY = 10.0  # seconds; notices dead connections and logouts
_NO_STATE = ""


def read_news(session: Session) -> dict[str, object]:
    """The news: counts for the badges, and marks that change with the data."""
    to_do = inbox.count_inbox(session)
    return {
        "orders": unseen_orders.count_unseen_orders(session),
        "calls": queue.count_unseen(session),
        # Waiting tickets are counted once, with their customer.
        "inbox": to_do["waiting"] + to_do["troubles"],
        **to_do,
        "board": orders.board_mark(session),
        "talk": inbox.inbox_mark(session),
    }


class Newsroom:
    """The news as JSON, read at most every half second for all pages together."""

    def __init__(self, sessions: Callable[[], AbstractContextManager[Session]]) -> None:
        self._sessions = sessions
        self._lock = asyncio.Lock()
        self._read_at = float("-inf")
        self._text = _NO_STATE

    async def now(self) -> str:
        """The news as JSON; the previous ones while the database does not answer."""
        async with self._lock:
            if time.monotonic() - self._read_at > _LOOK_EVERY / 2:
                with suppress(SQLAlchemyError):
                    self._text = await run_in_threadpool(self._read_state)
                self._read_at = time.monotonic()
            return self._text

    def _read_state(self) -> str:
        with self._sessions() as session:
            wording.use_zone(shop_zone(read_settings(session)))
            return json.dumps(read_news(session))


async def stream_news(request: Request) -> Response:
    """Streams the news as server-sent events until the session ends."""
    if not await run_in_threadpool(_is_inside, request):
        return PlainTextResponse("", 401)
    headers = {"X-Accel-Buffering": "no"}
    return StreamingResponse(_events(request), media_type="text/event-stream", headers=headers)


async def _events(request: Request) -> AsyncIterator[str]:
    told, told_at = _NO_STATE, float("-inf")
    while True:
        text = await request.app.state.newsroom.now()
        late = time.monotonic() - told_at > _REPEAT_EVERY
        if late and not await run_in_threadpool(_is_inside, request):
            return
        if late or text != told:
            told, told_at = text, time.monotonic()
            yield f"data: {text}\n\n"
        await asyncio.sleep(_LOOK_EVERY)


def show_now(desk: RequestContext) -> Response:
    """The news once, for pages behind a proxy that does not pass streams on."""
    return Response(json.dumps(read_news(desk.session)), media_type="application/json")


def _is_inside(request: Request) -> bool:
    with request.app.state.sessions() as session:
        return logins.find_session(session, request.cookies.get(COOKIE), touch=False) is not None


ROUTES = [
    Route("/live", stream_news, methods=["GET"]),
    Route("/live/now", staff_page(show_now), methods=["GET"]),
]
