"""Reads what a turn needs before Rasa gets the message, in one round trip."""

from dataclasses import dataclass
from typing import Any

import psycopg

import settings
from connectors.event_log import NEWEST_SESSION, EventData, decode_events
from settings.errors import DocstringError
from shop.customers.open_matters import READ_OPEN, Matter
from storage.models import UserProfile
from trays.messages import Claim

_COLUMNS = [column.name for column in UserProfile.__table__.columns]
_READ = f"""
SELECT {", ".join(f"customer.{name}" for name in _COLUMNS)},
    coalesce(customer.handed_over_until > clock_timestamp(), false),
    EXISTS (SELECT FROM conversation_state AS state WHERE state.customer_id = customer.id
        AND coalesce(state.expires_at > clock_timestamp(), true)),
    {READ_OPEN},
    (SELECT said_in FROM whatsapp_messages AS named
        WHERE named.message_id = %(named)s AND named.customer_id = customer.id),
    coalesce(extract(epoch FROM message.created_at - message.timestamp), 0)::float8,
    (SELECT count(*) FILTER (WHERE direction = 'incoming'
            AND created_at >= date_trunc('minute', message.created_at)
            AND EXISTS (SELECT FROM whatsapp_messages AS reply
                WHERE reply.cause_id = earlier.id AND reply.position = 0))
        FROM (SELECT id, direction, created_at FROM whatsapp_messages AS earlier
            WHERE earlier.customer_id = customer.id AND earlier.id < message.id
            ORDER BY earlier.id DESC LIMIT %(looked_at)s) AS earlier),
    extract(epoch FROM clock_timestamp())::float8,
    {NEWEST_SESSION}
FROM user_profiles AS customer
LEFT JOIN whatsapp_messages AS message ON message.id = %(row)s
WHERE customer.id = %(customer_id)s
"""  # noqa: S608 (no value stands in it)

# What stands behind the customer's columns, in this order.
_FACTS = (
    "is_with_person",
    "is_under_way",
    "open_matters",
    "named",
    "late_by",
    "same_minute",
    "clock",
    "events",
)


@dataclass(frozen=True)
class TurnStart:
    """The customer and their conversation as they were when the turn began.

    profile: the customer's row of `user_profiles`, by column.
    is_with_person: a person has the conversation; the turn's commit asks once more.
    is_under_way: there is a row of `conversation_state` that has not expired.
    open_matters: what is open for the customer (shop/customers/open_matters.py).
    named: the conversation of our message that was tapped or quoted; None if there is none.
    late_by: how many seconds after it was written the message was accepted, by the clocks of
        WhatsApp and of the database.
    same_minute: how many messages of the customer, accepted earlier in the same minute, the bot has
        answered; counted only as far as the flood limit needs.
    events: the newest session of Rasa's events, on this machine's clock.
    clock: the database's clock, in seconds since 1970.
    """

    profile: dict[str, Any]
    is_with_person: bool
    is_under_way: bool
    open_matters: list[Matter]
    named: dict[str, Any] | None
    late_by: float
    same_minute: int
    events: list[EventData]
    clock: float


class CustomerGone(DocstringError):
    """The customer was erased, or merged into another, while the message was in hand."""


def read_turn_start(connection: psycopg.Connection[Any], claim: Claim) -> TurnStart:
    """Reads all of it with one query, on a connection in autocommit mode.

    Raises:
        CustomerGone: there is no such customer any more.
    """
    names = {
        "customer_id": claim.customer_id,
        "sender_id": str(claim.customer_id),
        "row": claim.row,
        "named": claim.context_id,
        # Our own answers lie between them.
        "looked_at": 4 * settings.load_settings().messages_answered_per_minute + 2,
    }
    row = connection.execute(_READ, names).fetchone()
    if row is None:
        raise CustomerGone
    profile = dict(zip(_COLUMNS, row, strict=False))
    facts = dict(zip(_FACTS, row[len(_COLUMNS) :], strict=True))
    events = decode_events(facts.pop("events"), facts["clock"])
    return TurnStart(profile, **facts, events=events)
