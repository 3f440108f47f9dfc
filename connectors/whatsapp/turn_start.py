"""What a turn needs to know before Rasa gets the message, read in one round trip."""

from dataclasses import dataclass
from typing import Any

import psycopg

from connectors.event_log import NEWEST_SESSION, EventData, decode_events
from storage.models import UserProfile
from trays.messages import Claim

_COLUMNS = [column.name for column in UserProfile.__table__.columns]
_READ = f"""
SELECT {", ".join(f"customer.{name}" for name in _COLUMNS)},
    coalesce(customer.handed_over_until > clock_timestamp(), false),
    EXISTS (SELECT FROM conversation_state AS state WHERE state.customer_id = customer.id
        AND coalesce(state.expires_at > clock_timestamp(), true)),
    (SELECT said_in FROM whatsapp_messages AS tapped
        WHERE tapped.message_id = %(tapped)s AND tapped.customer_id = customer.id),
    extract(epoch FROM clock_timestamp())::float8,
    {NEWEST_SESSION}
FROM user_profiles AS customer WHERE customer.id = %(customer_id)s
"""  # noqa: S608 (no value stands in it)


@dataclass(frozen=True)
class TurnStart:
    """The customer and their conversation as they were when the turn began.

    profile: the customer's row of `user_profiles`, by column.
    is_with_person: a person has the conversation; the turn's commit asks once more.
    is_under_way: there is a row of `conversation_state` that has not expired.
    tapped: the conversation in which we said what was tapped; None if nothing was, or unknown.
    events: the newest session of Rasa's events, on this machine's clock.
    clock: the database's clock, in seconds since 1970.
    """

    profile: dict[str, Any]
    is_with_person: bool
    is_under_way: bool
    tapped: dict[str, Any] | None
    events: list[EventData]
    clock: float


class CustomerGone(Exception):
    """The customer was erased, or merged into another, while the message was in hand."""

    def __init__(self) -> None:
        super().__init__(self.__doc__)


def read_turn_start(connection: psycopg.Connection[Any], claim: Claim) -> TurnStart:
    """Reads it on a connection in autocommit mode.

    Raises:
        CustomerGone: nobody has this id any more.
    """
    names = {
        "customer_id": claim.customer_id,
        "sender_id": str(claim.customer_id),
        "tapped": claim.context_id if claim.message_type in ("interactive", "button") else None,
    }
    row = connection.execute(_READ, names).fetchone()
    if row is None:
        raise CustomerGone
    profile = dict(zip(_COLUMNS, row, strict=False))
    is_with_person, is_under_way, tapped, clock, stored = row[len(_COLUMNS) :]
    events = decode_events(stored, clock)
    return TurnStart(profile, is_with_person, is_under_way, tapped, events, clock)
