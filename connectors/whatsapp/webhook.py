"""WhatsApp's side of HTTP: the handshake, and the POST that is stored before it is answered.

A Sanic blueprint without Rasa, so that it can be served inside Rasa's server or alone.
"""

import asyncio
import hmac
import json
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field

from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, empty, text
from sanic.response import json as json_response

from connectors.whatsapp.accepting import incoming, ours, receipts
from connectors.whatsapp.echoes import keep
from connectors.whatsapp.inbound import InboundMessage, Webhook
from connectors.whatsapp.payloads import parse
from connectors.whatsapp.signature import HEADER, verify
from trays.messages import Incoming, Receipt

logger = logging.getLogger(__name__)

Accept = Callable[[Sequence[Incoming], Sequence[Receipt]], Awaitable[object]]
Echo = Callable[[Sequence[InboundMessage]], None]

# Meta gives up on an answer before this, and delivers again.
ACCEPT_SECONDS = 10


@dataclass(frozen=True)
class Secrets:
    """What Meta and we know: the key of the signatures and the word of the handshake."""

    app_secret: str = field(repr=False)
    verify_token: str = field(repr=False)


def blueprint(
    name: str, secrets: Secrets, phone_number_id: str, accept: Accept, echo: Echo = keep
) -> Blueprint:
    """The webhook's routes, to be mounted under /webhooks/whatsapp.

    `accept` stores messages and receipts durably and returns only then; what it raises makes Meta
    deliver again. Messages to other numbers than `phone_number_id` are acknowledged and ignored.
    """
    routes = Blueprint(name)

    async def health(_request: Request) -> HTTPResponse:
        return json_response({"status": "ok"})

    async def handshake(request: Request) -> HTTPResponse:
        return _answer_handshake(request, secrets.verify_token)

    async def deliver(request: Request) -> HTTPResponse:
        if not verify(secrets.app_secret, request.body, request.headers.get(HEADER)):
            return empty(status=401)
        try:
            body = json.loads(request.body)
        except (ValueError, RecursionError):
            return empty(status=400)
        return await _store(parse(body), phone_number_id, accept, echo)

    routes.add_route(health, "/")
    routes.add_route(handshake, "/webhook")
    routes.add_route(deliver, "/webhook", methods=["POST"])
    return routes


def _answer_handshake(request: Request, verify_token: str) -> HTTPResponse:
    """Meta's challenge, to the one who knows the token."""
    given = request.args.get("hub.verify_token", "").encode("utf-8", "replace")
    known = bool(verify_token) and hmac.compare_digest(given, verify_token.encode())
    challenge = request.args.get("hub.challenge")
    if not known or request.args.get("hub.mode") != "subscribe" or challenge is None:
        return empty(status=403)
    return text(challenge)


async def _store(
    webhook: Webhook, phone_number_id: str, accept: Accept, echo: Echo
) -> HTTPResponse:
    """200 once everything is safe, 503 (so that Meta comes again) while it is not."""
    _note(webhook)
    messages, news = incoming(webhook, phone_number_id), receipts(webhook, phone_number_id)
    echoes = list(ours(webhook.echoes, phone_number_id))
    if not messages and not news and not echoes:
        return empty(status=200)
    try:
        async with asyncio.timeout(ACCEPT_SECONDS):
            if messages or news:
                await accept(messages, news)
            if echoes:
                await asyncio.to_thread(echo, echoes)
    except Exception as error:
        # Its message may hold what a customer wrote: a database quotes the row it refuses.
        logger.error(
            "not stored: %d messages, %d receipts (%s)",
            len(messages), len(news), type(error).__name__,
        )  # fmt: skip
        return empty(status=503)
    return empty(status=200)


def _note(webhook: Webhook) -> None:
    """Leaves a trace of what is acknowledged but not kept."""
    if webhook.dropped:
        logger.warning("dropped %d entries of a webhook without id or sender", webhook.dropped)
    for problem in webhook.problems:
        logger.warning("WhatsApp reports a problem: code %d", problem.code)
    if webhook.notices:
        logger.info("for operations: %s", ", ".join(sorted(set(webhook.notices))))
