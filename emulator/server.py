"""Builds the emulator's web application, and serves it."""

import asyncio
import contextlib
import itertools
import signal
from collections.abc import AsyncIterator, Iterator

import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from emulator import access, graph, graph_account, graph_media, graph_templates
from emulator.bench.traffic import NotesRequests
from emulator.config import Config
from emulator.control.reading import ControlError, explain_errors
from emulator.control.routes import control_routes
from emulator.errors import GraphError
from emulator.phone import phone_routes
from emulator.state import Emulator

# Seconds between tries. A bot takes some seconds to start; later, a try each ten seconds will do.
HANDSHAKE_PAUSES = (*[1.0] * 30, 10.0)
GRACE_SECONDS = 2
BOTH = ["GET", "POST"]


def build_emulator(config: Config) -> Starlette:
    """The application; its state holds the emulator."""
    emulator = Emulator(config)

    @contextlib.asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        greeting = asyncio.create_task(greet_visitor(emulator))
        yield
        greeting.cancel()
        await emulator.close()

    app = Starlette(
        routes=[*phone_routes(), control_routes(), *graph_routes()],
        # Only these host names, so that a foreign page cannot control it (DNS rebinding).
        middleware=[
            Middleware(TrustedHostMiddleware, allowed_hosts=["127.0.0.1", "localhost"]),
            Middleware(NotesRequests),
        ],
        exception_handlers={ControlError: explain_errors, GraphError: access.answer_refusal},
        lifespan=lifespan,
    )
    app.state.emulator = emulator
    return app


def graph_routes() -> list[Route]:
    """The routes of the Graph API; all other paths get Meta's error for an unknown path."""
    return [
        Route("/media/{key}", graph_media.download_media, methods=["GET"]),
        Route("/{version}/{node}/messages", graph.messages, methods=["POST"]),
        Route("/{version}/{node}/media", graph_media.upload_media, methods=["POST"]),
        Route("/{version}/{node}/subscribed_apps", graph_account.subscribed_apps, methods=BOTH),
        Route("/{version}/{node}/subscriptions", graph_account.subscriptions, methods=BOTH),
        Route(
            "/{version}/{node}/message_templates",
            graph_templates.message_templates,
            methods=BOTH,
        ),
        Route("/{version}/debug_token", graph_account.debug_token, methods=["GET"]),
        Route("/{version}/{node}", graph_media.show, methods=["GET"]),
        Route("/{version}/{node}", graph_media.remove_media, methods=["DELETE"]),
        Route("/{rest:path}", unknown, methods=["GET", "POST", "PUT", "PATCH", "DELETE"]),
    ]


async def unknown(request: Request) -> Response:
    raise access.unknown_path(f"/{request.path_params['rest']}")


class DropsConnections:
    """Middleware by which a request can drop its connection, as a failing network would."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        # uvicorn's `send` is a method of the object that has the connection, so this must be the
        # outermost middleware.
        transport = getattr(getattr(send, "__self__", None), "transport", None)
        dropped = False

        def drop_connection() -> None:
            nonlocal dropped
            dropped = True
            if transport is not None:
                transport.abort()

        async def send_unless_dropped(message: Message) -> None:
            if not dropped:
                await send(message)

        scope["emulator.drop"] = drop_connection
        await self.app(scope, receive, send_unless_dropped)
        if dropped:
            await asyncio.sleep(0)


async def greet_visitor(emulator: Emulator) -> None:
    """Tries Meta's handshake with the webhook until the shop has started."""
    for pause in itertools.chain(HANDSHAKE_PAUSES, itertools.repeat(HANDSHAKE_PAUSES[-1])):
        token = emulator.config.verify_token
        emulator.handshake = await emulator.courier.wire.shake_hands(token)
        emulator.tell_link()
        if emulator.handshake is None:
            return
        await asyncio.sleep(pause)


class Server(uvicorn.Server):
    """Ends with exit code 0 on SIGTERM and SIGINT, and ends the open streams first."""

    def __init__(self, config: uvicorn.Config, emulator: Emulator) -> None:
        super().__init__(config)
        self.emulator = emulator

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Replaces uvicorn's method, which raises the signal again at the end, as in a crash."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, self.request_exit)
        yield

    def request_exit(self) -> None:
        self.should_exit = True
        self.emulator.feed.close()


def serve_emulator(config: Config) -> None:
    """Runs until a signal comes."""
    app = build_emulator(config)
    settings = uvicorn.Config(
        DropsConnections(app),
        host="127.0.0.1",
        port=config.port,
        log_level="warning",
        access_log=False,
        # There are no websockets, and Sanic pins a version of them that uvicorn cannot import.
        ws="none",
        timeout_graceful_shutdown=GRACE_SECONDS,
    )
    Server(settings, app.state.emulator).run()
