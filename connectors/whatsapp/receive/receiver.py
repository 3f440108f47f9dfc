"""The process that serves the webhook: `python -m connectors.whatsapp.receive.receiver`.

It stores and acknowledges messages while Rasa starts, trains or is busy. It loads neither Rasa nor
TensorFlow nor a web framework.
"""

import asyncio
import gc
import logging
import socket
from collections.abc import Sequence
from http import HTTPStatus
from urllib.parse import parse_qsl

import psycopg
import uvloop
from prometheus_client import CONTENT_TYPE_LATEST

import settings
from connectors.whatsapp import metrics
from connectors.whatsapp.receive import health
from connectors.whatsapp.receive.asgi import Answer, Application, Request, Routes, json_answer
from connectors.whatsapp.receive.deliveries import (
    Receiving,
    Secrets,
    accept_delivery,
    answer_challenge,
)
from connectors.whatsapp.receive.echoes import store_echoes
from connectors.whatsapp.receive.notes import store_notes
from connectors.whatsapp.receive.serving import serve_until_signal
from connectors.whatsapp.receive.signature import HEADER
from storage import engine
from trays.intake import Intake
from trays.messages import Incoming, Receipt
from trays.pools import Pool, pool

PREFIX = "/webhooks/whatsapp"
HEALTH_SECONDS = 2
_SIGNATURE = HEADER.lower().encode()


def receiver_routes(receiving: Receiving, connections: Pool) -> Routes:
    """The routes: the webhook under /webhooks/whatsapp, whose root shows that this process lives;
    /health (do customers get answers?), /ready (can messages be stored?) and /metrics.
    """

    async def handshake(request: Request) -> Answer:
        asked = dict(reversed(parse_qsl(request.query.decode("latin-1"), keep_blank_values=True)))
        answer = answer_challenge(asked, receiving.secrets.verify_token)
        return Answer(403) if answer is None else Answer(200, answer.encode("utf-8", "replace"))

    async def delivery(request: Request) -> Answer:
        status = await accept_delivery(receiving, request.body, request.header(_SIGNATURE))
        if status != HTTPStatus.OK:
            metrics.REFUSED.labels(str(status)).inc()
        return Answer(status)

    async def alive(_request: Request) -> Answer:
        return json_answer({"status": "ok"})

    async def healthy(_request: Request) -> Answer:
        return await _health(connections)

    async def ready(_request: Request) -> Answer:
        return await _ready(connections)

    async def measured(_request: Request) -> Answer:
        return await _metrics(connections)

    return {
        ("GET", f"{PREFIX}/webhook"): handshake,
        ("POST", f"{PREFIX}/webhook"): delivery,
        ("GET", f"{PREFIX}/"): alive,
        ("GET", "/health"): healthy,
        ("GET", "/ready"): ready,
        ("GET", "/metrics"): measured,
    }


async def _health(connections: Pool) -> Answer:
    """200 while customers get answers, else 503 with the reason."""
    try:
        async with asyncio.timeout(HEALTH_SECONDS), connections.connection() as connection:
            found = await health.report_health(connection)
    except (psycopg.Error, OSError):  # a TimeoutError is one
        return json_answer({"status": "database away"}, 503)
    return json_answer(found, 200 if found["status"] in health.WELL else 503)


async def _ready(connections: Pool) -> Answer:
    """200 while messages can be stored, so that a proxy may send them here."""
    try:
        async with asyncio.timeout(HEALTH_SECONDS), connections.connection() as connection:
            await connection.execute(b"SELECT 1")
    except (psycopg.Error, OSError):  # a TimeoutError is one
        return json_answer({"status": "database away"}, 503)
    return json_answer({"status": "ok"})


async def _metrics(connections: Pool) -> Answer:
    """Prometheus' text format; 503 while the database is away."""
    try:
        async with asyncio.timeout(HEALTH_SECONDS), connections.connection() as connection:
            text = await metrics.write_metrics(connection)
    except (psycopg.Error, OSError):
        return Answer(503)
    return Answer(200, text, CONTENT_TYPE_LATEST.encode())


async def serve_webhook(configured: settings.Settings, listening: socket.socket) -> None:
    """Serves until a signal comes; the requests that are open then are still answered."""
    connections = pool(engine.database_url())
    # The database may be away: messages are then refused with 503 until it is back.
    await connections.open(wait=False)
    intake = Intake(connections)

    async def accept(messages: Sequence[Incoming], receipts: Sequence[Receipt]) -> None:
        metrics.ACCEPTED.inc(await intake.accept(messages, receipts))

    secrets = Secrets(configured.whatsapp_app_secret, configured.whatsapp_verify_token)
    number = configured.whatsapp_phone_number_id
    receiving = Receiving(secrets, number, accept, store_echoes, store_notes, intake.make_way)
    try:
        await serve_until_signal(Application(receiver_routes(receiving, connections)), listening)
    finally:
        await connections.close()


def main() -> None:
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    try:
        configured = settings.load_settings()
        listening = socket.create_server(("127.0.0.1", configured.bot_port), backlog=2048)
    except (settings.SettingsError, OSError) as error:
        raise SystemExit(f"receiver: {error}") from None
    # Excludes imported objects from garbage collection, which took a tenth of the time.
    gc.freeze()
    gc.set_threshold(10_000, 20, 50)
    uvloop.run(serve_webhook(configured, listening))


if __name__ == "__main__":
    main()
