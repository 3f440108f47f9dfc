"""What customers write and WhatsApp says of it."""

import itertools
from datetime import UTC, datetime

from trays.messages import Incoming, Receipt

SHOP = "15550001111"
NUMBERS = itertools.count(1)


def message(content="hi", *, phone="919000000001", user_id=None, message_id=None, **rest):
    """An incoming text with an id of its own."""
    return Incoming(
        message_id=message_id or f"wamid.in.{next(NUMBERS)}",
        phone=phone,
        user_id=user_id,
        name=rest.pop("name", None),
        to_phone=SHOP,
        message_type="text",
        content=content,
        media_url=None,
        media_type=None,
        media_size=None,
        timestamp=rest.pop("timestamp", None) or datetime.now(UTC),
        context_id=None,
        payload={"text": {"body": content}},
        **rest,
    )


def receipt(message_id, status, seconds=0, callback_data=None, error=None):
    """WhatsApp's word on a message, `seconds` after noon."""
    at = datetime(2026, 9, 1, 12, 0, seconds, tzinfo=UTC)
    return Receipt(message_id, status, at, callback_data, error)


def text(body):
    """A Graph request body without `to`."""
    return {"messaging_product": "whatsapp", "type": "text", "text": {"body": body}}
