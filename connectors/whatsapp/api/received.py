"""What a message says to the bot: parsed when it is accepted, stored with it, read by its turn.

The payload of an incoming message is what Meta sent and, under `parsed`, what the receiver read in
it. What Meta sent stays beside it: workers of another release read it (docs/decisions/0015).
"""

from typing import Any, NamedTuple

from connectors.whatsapp.api import fields, message_parsing
from connectors.whatsapp.api.content_json import dump_content, load_content
from connectors.whatsapp.api.contents import Content
from connectors.whatsapp.api.fields import Json

PARSED = "parsed"
_LONGEST_TAG = 80


class Received(NamedTuple):
    """What counts of a message for its turn.

    group_id: of a message to a group. referral: where an ad or a post brought the customer from, as
    a tag: "ad: Chai". product: the catalogue's id of the product that the message refers to.
    """

    content: Content
    group_id: str | None = None
    referral: str | None = None
    product: str | None = None


def parse_received(message: Json) -> Received:
    """What a message says, as Meta sent it."""
    product = fields.read_text(message, "context", "referred_product", "product_retailer_id")
    return Received(
        content=message_parsing.parse_content(message),
        group_id=fields.read_text(message, "group_id") or None,
        referral=_referral(fields.read_mapping(message, "referral")),
        product=product or None,
    )


def add_parsed(message: Json, received: Received) -> dict[str, Any]:
    """The payload to store: the message with what was read in it."""
    said = {name: value for name, value in received._asdict().items() if value is not None}
    return {**message, PARSED: {**said, "content": dump_content(received.content)}}


def read_received(payload: Json) -> Received:
    """What the receiver read in a message that is stored.

    A message that another release has stored, without this or in another form, is parsed now.
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
