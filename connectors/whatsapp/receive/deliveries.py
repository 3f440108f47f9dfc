"""Handles WhatsApp's webhook requests, independent of the web server.

The handshake, and the POST that is stored before it is answered. Needs neither Rasa nor a web
framework. Messages that are here already are recognised in trays/accept.py.
"""

import asyncio
import hmac
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field

from connectors.whatsapp.api.inbound import (
    InboundMessage,
    Preference,
    TemplateStatus,
    Webhook,
)
from connectors.whatsapp.receive.accepting import (
    echoed_messages,
    given_preferences,
    incoming_messages,
    status_receipts,
)
from connectors.whatsapp.receive.parsing import parse_webhook
from connectors.whatsapp.receive.patience import Patience
from connectors.whatsapp.receive.signature import verify_signature
from shop.alerts.account_notices import AccountChange
from trays.messages import Incoming, Receipt

logger = logging.getLogger(__name__)

Accept = Callable[[Sequence[Incoming], Sequence[Receipt]], Awaitable[object]]
Echo = Callable[[Sequence[InboundMessage]], None]
Note = Callable[[Sequence[Preference], Sequence[TemplateStatus], Sequence[AccountChange]], None]

# Meta stops waiting for an answer sooner than this, and delivers again.
ACCEPT_SECONDS = 10


async def _go_on() -> None:
    """Returns at once: nothing has to be sent first."""


@dataclass(frozen=True)
class Secrets:
    """The secrets shared with Meta: the signature key and the verify token."""

    app_secret: str = field(repr=False)
    verify_token: str = field(repr=False)


@dataclass(frozen=True)
class Receiving:
    """The secrets, our number, and the functions that store the parts of a webhook.

    `accept` returns when messages and receipts are stored durably; if it raises, Meta delivers
    again. `note` stores customers' choices in WhatsApp's menu, and how our templates and account
    are. `make_way` is awaited before a body is parsed: it returns when no group of parsed bodies
    waits to be sent to the database.
    Messages to other numbers than `phone_number_id` are acknowledged and ignored.
    """

    secrets: Secrets
    phone_number_id: str
    accept: Accept
    echo: Echo
    note: Note = lambda _preferences, _templates, _account: None
    make_way: Callable[[], Awaitable[None]] = _go_on
    patience: Patience = field(default_factory=lambda: Patience(ACCEPT_SECONDS))


def answer_challenge(asked: Mapping[str, str | None], verify_token: str) -> str | None:
    """Meta's challenge if the token is right, else None."""
    given = (asked.get("hub.verify_token") or "").encode("utf-8", "replace")
    known = bool(verify_token) and hmac.compare_digest(given, verify_token.encode())
    return asked.get("hub.challenge") if known and asked.get("hub.mode") == "subscribe" else None


async def accept_delivery(to: Receiving, raw: bytes, signature: str | bytes | None) -> int:
    """The status to answer a POST with.

    200 once everything is stored, 503 (so that Meta tries again) if it is not, 401 for a wrong
    signature, 400 for invalid JSON.
    """
    await to.make_way()
    if not verify_signature(to.secrets.app_secret, raw, signature):
        return 401
    try:
        webhook = parse_webhook(raw)
    except (ValueError, RecursionError):
        return 400
    return await _store(to, webhook)


async def _store(to: Receiving, webhook: Webhook) -> int:
    _note(webhook)
    messages, news = (
        incoming_messages(webhook, to.phone_number_id),
        status_receipts(webhook, to.phone_number_id),
    )
    echoes = echoed_messages(webhook, to.phone_number_id)
    preferences = given_preferences(webhook, to.phone_number_id)
    noted = (preferences, webhook.templates, webhook.account)
    if not any((messages, news, echoes, *noted)):
        return 200
    try:
        with to.patience:
            if messages or news:
                await to.accept(messages, news)
            if echoes:
                await asyncio.to_thread(to.echo, echoes)
            if any(noted):
                await asyncio.to_thread(to.note, *noted)
    except Exception as error:
        # Its message may hold what a customer wrote: a database quotes the row it refuses.
        logger.error(
            "not stored: %d messages, %d receipts (%s)",
            len(messages), len(news), type(error).__name__,
        )  # fmt: skip
        return 503
    return 200


def _note(webhook: Webhook) -> None:
    """Logs the parts that are acknowledged but not stored."""
    if webhook.dropped:
        logger.warning("dropped %d entries of a webhook without id or sender", webhook.dropped)
    for problem in webhook.problems:
        logger.warning("WhatsApp reports a problem: code %d", problem.code)
    if webhook.notices:
        logger.info("for operations: %s", ", ".join(sorted(set(webhook.notices))))
