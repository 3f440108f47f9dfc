"""Serves an ASGI application by uvicorn, within bounds, until a signal comes."""

import socket
from asyncio import TimerHandle, Transport
from typing import Any

import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from connectors.whatsapp.receive.asgi import Application
from settings.server import Server

# A request that is not here as a whole by then never comes; Meta itself gives up sooner.
REQUEST_SECONDS = 10
KEEP_ALIVE_SECONDS = 75
MOST_CONNECTIONS = 1_000
# More than Meta waits for an answer, and less than a supervisor waits before it kills.
GRACE_SECONDS = 10


class Protocol(HttpToolsProtocol):
    """uvicorn's HTTP protocol with a time limit on requests; uvicorn waits for ever for the rest of
    one.

    One timer checks a connection every `REQUEST_SECONDS` at most. Most requests arrive whole, so no
    request sets or cancels a timer.
    """

    _patience: TimerHandle | None = None
    # Whether the connection is new, or a request has begun and is not here as a whole yet.
    _is_inside = True
    _began = 0.0

    def connection_made(self, transport: Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._began = self.loop.time()
        self._be_patient(REQUEST_SECONDS)

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop_waiting()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        if self._is_inside and self._patience is None:
            self._be_patient(REQUEST_SECONDS)

    def on_message_begin(self) -> None:
        self._is_inside = True
        self._began = self.loop.time()
        super().on_message_begin()

    def on_message_complete(self) -> None:
        self._is_inside = False
        super().on_message_complete()

    def _be_patient(self, seconds: float) -> None:
        self._patience = self.loop.call_later(seconds, self._look)

    def _look(self) -> None:
        """Closes the connection if its request has taken too long."""
        self._patience = None
        left = self._began + REQUEST_SECONDS - self.loop.time()
        if self._is_inside and left > 0:
            self._be_patient(left)
        elif self._is_inside:
            # As for a connection that is kept and not used.
            self.timeout_keep_alive_handler()

    def _stop_waiting(self) -> None:
        if self._patience is not None:
            self._patience.cancel()
            self._patience = None


def configure_server(app: Application) -> uvicorn.Config:
    options: dict[str, Any] = {
        "http": Protocol,
        # Nothing here speaks it; and Sanic pins a release of that library that uvicorn cannot load.
        "ws": "none",
        "lifespan": "off",
        "log_config": None,
        "access_log": False,
        "server_header": False,
        "proxy_headers": False,
        "limit_concurrency": MOST_CONNECTIONS,
        "timeout_keep_alive": KEEP_ALIVE_SECONDS,
        "timeout_graceful_shutdown": GRACE_SECONDS,
    }
    return uvicorn.Config(app, **options)


async def serve_until_signal(app: Application, listening: socket.socket) -> None:
    """Serves until a signal comes; returns when every request is answered."""
    await Server(configure_server(app)).serve([listening])
