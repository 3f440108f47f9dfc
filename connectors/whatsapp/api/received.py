"""What a message says to the bot: parsed when it is accepted, stored with it, read by its turn.

The payload of an incoming message holds Meta's JSON and, under `parsed`, what the receiver read
from it. Meta's JSON is kept since workers of another release read that (docs/decisions/0015).
"""

from typing import Any, NamedTuple

from connectors.whatsapp.api import fields, message_parsing
from connectors.whatsapp.api.content_json import dump_content, load_content
from connectors.whatsapp.api.contents import Content
from connectors.whatsapp.api.fields import Json

PARSED = "parsed"
_LONGEST_TAG = 80


class Received(NamedTuple):
    """The parts of a message that its turn uses.

    group_id: the group that it was sent to. referral: the ad or post that the customer came from,
        as a tag: "ad: Chai". product: the catalogue's id of the product that the message refers to.
    """

    content: Content
    group_id: str | None = None
    referral: str | None = None
    product: str | None = None


def parse_received(message: Json) -> Received:
    """Parses a message as Meta sent it."""
    product = fields.read_text(message, "context", "referred_product", "product_retailer_id")
    return Received(
        content=message_parsing.parse_content(message),
        group_id=fields.read_text(message, "group_id") or None,
        referral=_referral(fields.read_mapping(message, "referral")),
        product=product or None,
    )


def add_parsed(message: Json, received: Received) -> dict[str, Any]:
    """The payload to store: Meta's message with the parsed parts."""
    said = {name: value for name, value in received._asdict().items() if value is not None}
    return {**message, PARSED: {**said, "content": dump_content(received.content)}}


def read_received(payload: Json) -> Received:
    """Reads the parsed parts of a stored message.

    A message that another release stored without them, or in another form, is parsed now.
    """
    kept: dict[str, Any] = {**fields.read_mapping(payload, PARSED)}
    try:
        return Received(**{**kept, "content": load_content(kept["content"])})
    except (KeyError, TypeError):
        return parse_received(payload)


def _referral(node: Json) -> str | None:
    if not node:
        return None
    kind = fields.read_text(node, "source_type") or "ad"
    named = (fields.read_text(node, key) for key in ("headline", "body", "source_id", "source_url"))
    words = next((line for name in named if name and (line := " ".join(name.split()))), "")
    return f"{kind}: {words}"[:_LONGEST_TAG].rstrip(": ") or "ad"
