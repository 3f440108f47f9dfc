"""Customers who wait for a person's answer, so that staff see it without looking for it."""

from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Select,
    and_,
    func,
    literal_column,
    select,
    union,
)
from sqlalchemy.orm import InstrumentedAttribute, Session

from shop import tickets
from storage.models import Ticket, UserProfile, WhatsappMessage

# What never reached the customer is no answer.
_UNSAID = ("withdrawn", "failed", "retried")


def is_waiting() -> ColumnElement[bool]:
    """The SQL condition that a customer (`UserProfile`) waits for a person of the shop."""
    return UserProfile.id.in_(customers())


def count(session: Session) -> int:
    """How many customers wait."""
    return session.scalar(select(func.count()).select_from(customers().subquery())) or 0


def customers() -> CompoundSelect[tuple[UUID]]:
    """The ids of those who wait: from the few whom a person had or who called one, not from all."""
    return union(_unanswered(), _callers())


def _unanswered() -> Select[tuple[UUID]]:
    """They wrote while a person had the conversation, and nothing was said since."""
    wrote = and_(
        WhatsappMessage.direction == "incoming",
        WhatsappMessage.created_at < UserProfile.handed_over_until,
    )
    last = _said(wrote, UserProfile.id).order_by(WhatsappMessage.id.desc()).limit(1)
    had = UserProfile.handed_over_until.is_not(None)
    return select(UserProfile.id).where(had, last.correlate(UserProfile).scalar_subquery())


def _callers() -> Select[tuple[UUID]]:
    """They asked for a person, and none has written since."""
    since = WhatsappMessage.created_at > Ticket.created_at
    answered = _said(WhatsappMessage.id, Ticket.customer_id).where(
        WhatsappMessage.written_by.is_not(None), since
    )
    return select(Ticket.customer_id.label("id")).where(  # type: ignore[return-value]
        is_unclosed(),
        Ticket.category == tickets.PERSON,
        Ticket.customer_id.is_not(None),
        ~answered.correlate(Ticket).exists(),
    )


def is_unclosed() -> ColumnElement[bool]:
    """The SQL condition that a ticket is not closed, word for word as the partial indexes say."""
    return Ticket.status != literal_column("'closed'")


def _said(
    what: ColumnElement[Any] | InstrumentedAttribute[Any],
    customer: InstrumentedAttribute[UUID] | InstrumentedAttribute[UUID | None],
) -> Select[Any]:
    """Something of the messages between us and the customer."""
    theirs = WhatsappMessage.customer_id == customer
    return select(what).where(theirs, WhatsappMessage.status.not_in(_UNSAID))
