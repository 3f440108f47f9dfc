"""The types of messages and receipts that the trays store and hand out."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any, Literal, NamedTuple
from uuid import UUID

from settings.errors import DocstringError

Direction = Literal["incoming", "outgoing"]
Json = Mapping[str, Any]

# Marks our `biz_opaque_callback_data`: others may send from the same number.
CALLBACK = "tray-"


class Incoming(NamedTuple):
    """A customer's message as the webhook brought it; phone numbers are digits without `+`.

    A frozen dataclass would take three times as long to make.

    `moved_to_phone` and `moved_to_user_id` are set by a system message about the customer's new
    number; it stays the same customer.
    """

    message_id: str
    phone: str | None
    user_id: str | None
    name: str | None
    to_phone: str | None
    message_type: str
    content: str | None
    media_url: str | None
    media_type: str | None
    media_size: int | None
    timestamp: datetime
    context_id: str | None
    payload: Json = MappingProxyType({})
    moved_to_phone: str | None = None
    moved_to_user_id: str | None = None


@dataclass(frozen=True)
class Receipt:
    """WhatsApp's status of a message of ours, such as sent or failed (trays/receipts.py).

    `callback_data` is what we sent along as `biz_opaque_callback_data` (`Claim.callback_data`),
    `error` the first of the status's `errors`. `price_category` and `is_billable` say what
    WhatsApp charges for it; not every receipt does.
    """

    message_id: str
    status: str
    timestamp: datetime
    callback_data: str | None = None
    error: Json | None = None
    price_category: str | None = None
    is_billable: bool | None = None


@dataclass(frozen=True)
class Claim:
    """A claimed message; no other of this customer and direction can be claimed meanwhile.

    `message_id` is empty on an outgoing message without an id from WhatsApp yet. `attempts`
    counts the earlier tries that failed through the message's own fault (or a crash), `tries`
    all of them.
    """

    row: int
    direction: Direction
    message_id: str
    customer_id: UUID
    phone: str | None
    user_id: str | None
    worker: int
    epoch: int
    attempts: int
    tries: int
    message_type: str
    content: str | None
    context_id: str | None
    cause_id: int | None
    timestamp: datetime
    payload: Json

    @property
    def callback_data(self) -> str:
        """The value to send as `biz_opaque_callback_data`; receipts bring it back and so find the
        row."""
        return f"{CALLBACK}{self.row}"


class Fenced(DocstringError):
    """The lane went to another worker meanwhile: nothing of this turn may be kept."""
