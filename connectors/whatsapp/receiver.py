"""The webhook alone, in a process of its own: `python -m connectors.whatsapp.receiver`.

Messages are taken in and acknowledged here while Rasa starts, trains or is busy; the trays hand
them on. Neither Rasa nor TensorFlow is loaded.
"""

import asyncio
import logging
import socket
from collections.abc import Sequence

import psycopg
from prometheus_client import CONTENT_TYPE_LATEST
from sanic import Sanic
from sanic.request import Request
from sanic.response import HTTPResponse, empty, json, raw

import settings
from connectors.whatsapp import health, metrics
from connectors.whatsapp.webhook import Secrets, blueprint
from storage import engine
from trays.intake import Intake
from trays.messages import Incoming, Receipt
from trays.pools import pool

PREFIX = "/webhooks/whatsapp"
# Meta sends up to 3 MB in one body.
MAX_BODY = 8_000_000
# More than Meta waits for an answer, and less than a supervisor waits before it kills.
GRACE_SECONDS = 10.0
HEALTH_SECONDS = 2


def application(configured: settings.Settings, database_url: str) -> Sanic:
    """The server: the webhook under /webhooks/whatsapp, /health and /metrics."""
    app = Sanic("whatsapp_receiver", configure_logging=False)
    app.config.update(
        ACCESS_LOG=False,
        MOTD=False,
        REQUEST_MAX_SIZE=MAX_BODY,
        GRACEFUL_SHUTDOWN_TIMEOUT=GRACE_SECONDS,
        FALLBACK_ERROR_FORMAT="text",
    )
    _open_and_close_pool(app, database_url)

    async def accept(messages: Sequence[Incoming], receipts: Sequence[Receipt]) -> None:
        metrics.ACCEPTED.inc(await app.ctx.intake.accept(messages, receipts))

    secrets = Secrets(configured.whatsapp_app_secret, configured.whatsapp_verify_token)
    routes = blueprint("whatsapp", secrets, configured.whatsapp_phone_number_id, accept)
    app.blueprint(routes, url_prefix=PREFIX)
    app.add_route(_health, "/health")
    app.add_route(_metrics, "/metrics")
    return app


def _open_and_close_pool(app: Sanic, database_url: str) -> None:
    """The connections live as long as the server; messages in hand at its end still have them."""

    async def open_pool(app: Sanic, _loop: object) -> None:
        app.ctx.pool = pool(database_url)
        # The database may be away: messages are then refused with 503 until it is back.
        await app.ctx.pool.open(wait=False)
        app.ctx.intake = Intake(app.ctx.pool)

    async def close_pool(app: Sanic, _loop: object) -> None:
        await app.ctx.pool.close()

    app.register_listener(open_pool, "before_server_start")
    app.register_listener(close_pool, "after_server_stop")


async def _health(request: Request) -> HTTPResponse:
    """200 while messages can be stored and somebody works on them, else 503 and what is missing."""
    try:
        async with asyncio.timeout(HEALTH_SECONDS), request.app.ctx.pool.connection() as connection:
            found = await health.report(connection)
    except (psycopg.Error, OSError):  # a TimeoutError is one
        return json({"status": "database away"}, status=503)
    return json(found, status=503 if found["status"] == "incomplete" else 200)


async def _metrics(request: Request) -> HTTPResponse:
    """Prometheus' text format; 503 while the database is away."""
    try:
        async with asyncio.timeout(HEALTH_SECONDS), request.app.ctx.pool.connection() as connection:
            return raw(await metrics.exposition(connection), content_type=CONTENT_TYPE_LATEST)
    except (psycopg.Error, OSError):
        return empty(status=503)


def main() -> None:
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    try:
        configured = settings.load()
        listening = socket.create_server(("127.0.0.1", configured.bot_port))
    except (settings.SettingsError, OSError) as error:
        # Sanic would log a traceback and end as if all were well.
        raise SystemExit(f"receiver: {error}") from None
    app = application(configured, engine.database_url())
    app.run(sock=listening, access_log=False, motd=False)


if __name__ == "__main__":
    main()
