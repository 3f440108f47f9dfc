"""Converts a parsed webhook to the messages and receipts of the trays.

The trays recognise duplicates (trays/accept.py) and interpret statuses (trays/receipts.py).
"""

import logging
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Protocol, TypeVar

from connectors.whatsapp.api.contents import Content, Media, SystemNote
from connectors.whatsapp.api.inbound import InboundMessage, Preference, Status, Webhook
from connectors.whatsapp.api.received import add_parsed
from trays.messages import Incoming, Receipt

logger = logging.getLogger(__name__)

# Meta delivers again for seven days; what is older was sent by somebody who kept a signed body.
OLDEST = timedelta(days=8)


class _Addressed(Protocol):
    """A part of a webhook that names one of the business's numbers."""

    @property
    def phone_number_id(self) -> str | None: ...


_A = TypeVar("_A", bound=_Addressed)


def incoming_messages(webhook: Webhook, phone_number_id: str) -> list[Incoming]:
    """The messages to our number; those that are too old are left out."""
    if not webhook.messages:
        return []
    return [_incoming(each) for each in _recent(is_our_number(webhook.messages, phone_number_id))]


def echoed_messages(webhook: Webhook, phone_number_id: str) -> list[InboundMessage]:
    """Messages that staff typed on the phone; too old ones are left out."""
    if not webhook.echoes:
        return []
    return list(_recent(is_our_number(webhook.echoes, phone_number_id)))


def given_preferences(webhook: Webhook, phone_number_id: str) -> list[Preference]:
    """The customers' choices in WhatsApp's own menu about our number."""
    return list(is_our_number(webhook.preferences, phone_number_id))


def status_receipts(webhook: Webhook, phone_number_id: str) -> list[Receipt]:
    """The statuses of our number's messages."""
    if not webhook.statuses:
        return []
    return [_receipt(status) for status in is_our_number(webhook.statuses, phone_number_id)]


def is_our_number(items: Iterable[_A], phone_number_id: str) -> Iterator[_A]:
    """Whether it is for our number: a webhook may serve several numbers; without a name it is
    ours."""
    return (item for item in items if item.phone_number_id in (None, phone_number_id))


def _recent(messages: Iterable[InboundMessage]) -> Iterator[InboundMessage]:
    oldest = datetime.now(UTC) - OLDEST
    for message in messages:
        if message.timestamp >= oldest:
            yield message
        else:
            logger.warning("left a message from %s", message.timestamp.date())


def _incoming(message: InboundMessage) -> Incoming:
    content = message.received.content
    media = content if isinstance(content, Media) else None
    moved = _moved(content)
    return Incoming(
        message_id=message.message_id,
        phone=message.sender.phone,
        user_id=message.sender.user_id,
        name=message.sender.name,
        to_phone=message.to_phone,
        message_type=message.type,
        content=content.summary,
        media_url=media.url if media else None,
        media_type=media.mime_type if media else None,
        media_size=media.size if media else None,
        timestamp=message.timestamp,
        context_id=message.context_id,
        payload=add_parsed(message.payload, message.received),
        moved_to_phone=moved.phone if moved else None,
        moved_to_user_id=moved.user_id if moved else None,
    )


def _moved(content: Content) -> SystemNote | None:
    """The system message by which a customer gets a new number or user id."""
    if isinstance(content, SystemNote) and content.kind.startswith("user_changed_"):
        return content
    return None


def _receipt(status: Status) -> Receipt:
    return Receipt(
        message_id=status.message_id,
        status=status.status,
        timestamp=status.timestamp,
        callback_data=status.callback_data,
        error=status.error,
        price_category=status.price_category,
        is_billable=status.is_billable,
    )
