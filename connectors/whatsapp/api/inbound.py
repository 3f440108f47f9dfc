"""Typed contents of a webhook: messages, statuses of our messages, and the rest.

The types that every webhook needs are NamedTuples: frozen dataclasses take three times as long to
make.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from connectors.whatsapp.api.received import Received
from shop.alerts.account_notices import AccountChange


class Sender(NamedTuple):
    """A customer as WhatsApp names them: at least one of phone and user id is known."""

    phone: str | None
    user_id: str | None
    name: str | None = None
    username: str | None = None


class InboundMessage(NamedTuple):
    """One message, from the customer `sender` to our number `phone_number_id`.

    `payload` is the message as received, without what PostgreSQL cannot store.
    """

    message_id: str
    phone_number_id: str | None
    to_phone: str | None
    sender: Sender
    type: str
    received: Received
    timestamp: datetime
    context_id: str | None
    payload: dict[str, Any]


@dataclass(frozen=True)
class Status:
    """The status of a message of ours: sent, delivered, read, played, failed, or older names.

    One status of each message says whether WhatsApp charges for it, and as what (`price_category`).
    """

    message_id: str
    phone_number_id: str | None
    status: str
    timestamp: datetime
    callback_data: str | None
    error: dict[str, Any] | None
    price_category: str | None = None
    is_billable: bool | None = None


@dataclass(frozen=True)
class Preference:
    """The customer switched marketing messages off ("stop") or on ("resume") in WhatsApp."""

    phone_number_id: str | None
    sender: Sender
    value: str
    timestamp: datetime


@dataclass(frozen=True)
class Problem:
    """An error that a webhook reports beside the messages."""

    phone_number_id: str | None
    code: int
    title: str


@dataclass(frozen=True)
class TemplateStatus:
    """A message template has another status at Meta: APPROVED, REJECTED, PAUSED, ..."""

    name: str
    language: str
    event: str
    reason: str | None


class Webhook(NamedTuple):
    """The content of one POST, in its order.

    `echoes` are messages that staff typed on the phone, with the customer as `sender`; `account` is
    what Meta says about the number and the account; `notices` name the fields that are only
    logged; `dropped` counts unusable parts.
    """

    messages: tuple[InboundMessage, ...] = ()
    statuses: tuple[Status, ...] = ()
    echoes: tuple[InboundMessage, ...] = ()
    preferences: tuple[Preference, ...] = ()
    templates: tuple[TemplateStatus, ...] = ()
    problems: tuple[Problem, ...] = ()
    account: tuple[AccountChange, ...] = ()
    notices: tuple[str, ...] = ()
    dropped: int = 0

    @classmethod
    def join(cls, parts: Sequence["Webhook"]) -> "Webhook":
        """Joins the parts of one POST, in their order."""
        if len(parts) == 1:
            return parts[0]
        return cls(
            messages=tuple(each for part in parts for each in part.messages),
            statuses=tuple(each for part in parts for each in part.statuses),
            echoes=tuple(each for part in parts for each in part.echoes),
            preferences=tuple(each for part in parts for each in part.preferences),
            templates=tuple(each for part in parts for each in part.templates),
            problems=tuple(each for part in parts for each in part.problems),
            account=tuple(each for part in parts for each in part.account),
            notices=tuple(each for part in parts for each in part.notices),
            dropped=sum(part.dropped for part in parts),
        )
