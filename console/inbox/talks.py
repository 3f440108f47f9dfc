"""Reads the list of conversations, from the newest message backwards."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, select, text, true
from sqlalchemy.orm import Session, aliased

from shop.customers import customer_search, handover
from shop.support import waiting
from storage.models import Ticket, UserProfile, WhatsappMessage

MOST = 60
# A search first looks in the NEWEST messages, then uses the index of names. It looks in MANY if the
# index has too many hits, or cannot be used since there are only one or two letters.
NEWEST, MANY = 5_000, 20_000

# Each step finds the newest message of somebody who is not in the list yet.
_WALK = """
    WITH RECURSIVE walk AS (
        (SELECT id, customer_id, ARRAY[customer_id] AS seen FROM whatsapp_messages AS message
        WHERE customer_id IS NOT NULL {condition} ORDER BY id DESC LIMIT 1)
        UNION ALL
        SELECT next.id, next.customer_id, walk.seen || next.customer_id
        FROM walk CROSS JOIN LATERAL (
            SELECT id, customer_id FROM whatsapp_messages AS message
            WHERE id < walk.id AND customer_id <> ALL (walk.seen) {condition}
            ORDER BY id DESC LIMIT 1) AS next
        WHERE cardinality(walk.seen) < :most
    )
    SELECT customer_id FROM walk
"""
_FITTING = """
    AND id > (SELECT max(id) FROM whatsapp_messages) - :newest AND EXISTS (
        SELECT FROM user_profiles AS customer WHERE customer.id = message.customer_id AND (
            position(lower(:wanted) IN lower(display_name)) > 0
            OR :digits <> '' AND position(:digits IN whatsapp_phone) > 0))
"""


@dataclass(frozen=True)
class Talk:
    """A customer with the last message of their conversation."""

    customer: UserProfile
    last: WhatsappMessage | None
    now: datetime
    is_waiting: bool

    @property
    def at(self) -> datetime | None:
        """The time of the last message."""
        return self.last.timestamp if self.last else self.customer.last_interaction

    @property
    def is_with_person(self) -> bool:
        return handover.is_with_person(self.customer, self.now)


def list_conversations(session: Session, wanted: str, only: str) -> Sequence[Talk]:
    """Conversations, the latest first: all of them, or those that `only` names."""
    if (some := _some(only)) is not None:
        fits = customer_search.matches_customer(wanted) if wanted else true()
        return _read_talks(session, and_(UserProfile.id.in_(some), fits))
    if wanted:
        return _search(session, wanted)
    found = list(session.scalars(text(_WALK.format(condition="")), {"most": MOST}))
    if len(found) < MOST:
        # No other customer has a message: fill up with customers without any.
        silent = select(UserProfile.id).where(UserProfile.id.not_in(found))
        found += session.scalars(silent.order_by(UserProfile.id).limit(MOST - len(found)))
    return _read_talks(session, UserProfile.id.in_(found))


def talks_of(session: Session, customers: Collection[UUID]) -> dict[UUID, Talk]:
    """The conversations of these customers, by customer."""
    found = _read_talks(session, UserProfile.id.in_(customers), len(customers))
    return {talk.customer.id: talk for talk in found}


def _search(session: Session, wanted: str) -> Sequence[Talk]:
    """Conversations by name or phone: first among the newest messages, which finds frequent names,
    then by the index."""
    words = customer_search.words_in(wanted)
    found = _walk_back(session, wanted, NEWEST if words else MANY)
    if len(found) < MOST and words:
        query = customer_search.customers_named(words).where(
            customer_search.matches_customer(wanted)
        )
        named = list(session.scalars(query))
        found = named if len(named) < customer_search.MOST else _latest_of(session, wanted, named)
    return _read_talks(session, UserProfile.id.in_(found))


def _latest_of(session: Session, wanted: str, some: list[UUID]) -> list[UUID]:
    """The latest customers if the index has too many hits and returned an arbitrary part."""
    latest = _walk_back(session, wanted, MANY)
    return latest if len(latest) == MOST else some + latest


def _walk_back(session: Session, wanted: str, newest: int) -> list[UUID]:
    """The customers of the newest messages whose name or phone fits the search."""
    digits = customer_search.digits_in(wanted)
    values = {"most": MOST, "newest": newest, "wanted": wanted, "digits": digits}
    return list(session.scalars(text(_WALK.format(condition=_FITTING)), values))


def _some(only: str) -> Select[tuple[UUID]] | Select[tuple[UUID | None]] | None:
    """A query for the customers of a filter; None for all customers."""
    if only == "waiting":
        return waiting.waiting_customers()
    if only == "person":
        return select(UserProfile.id).where(UserProfile.handed_over_until > func.now())
    if only == "tickets":
        return select(Ticket.customer_id).where(
            waiting.is_unclosed(), Ticket.customer_id.is_not(None)
        )
    return None


def _read_talks(session: Session, whose: ColumnElement[bool], most: int = MOST) -> Sequence[Talk]:
    last = (
        select(WhatsappMessage)
        .where(WhatsappMessage.customer_id == UserProfile.id)
        .order_by(WhatsappMessage.id.desc())
        .limit(1)
        .lateral()
    )
    message = aliased(WhatsappMessage, last)
    query = (
        select(UserProfile, message, func.now(), waiting.is_waiting())
        .outerjoin(message, message.customer_id == UserProfile.id)
        .where(whose)
        .order_by(message.id.desc().nulls_last(), UserProfile.id)
        .limit(most)
    )
    return [Talk(*row) for row in session.execute(query).tuples()]
