"""Customers who wait for a person's answer, so that staff see it without looking for it."""

from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from shop import tickets
from storage.models import Ticket, UserProfile, WhatsappMessage

# What never reached the customer is no answer.
_UNSAID = ("withdrawn", "failed", "retried")


def is_waiting() -> ColumnElement[bool]:
    """The SQL condition that a customer (`UserProfile`) waits for a person of the shop."""
    return or_(_is_unanswered(), _calls())


def count(session: Session) -> int:
    """How many customers wait."""
    return session.scalar(select(func.count()).select_from(UserProfile).where(is_waiting())) or 0


def _is_unanswered() -> ColumnElement[bool]:
    """They wrote while a person had the conversation, and nothing was said since."""
    wrote = and_(
        WhatsappMessage.direction == "incoming",
        WhatsappMessage.created_at < UserProfile.handed_over_until,
    )
    last = _said(wrote).order_by(WhatsappMessage.id.desc()).limit(1).scalar_subquery()
    return and_(UserProfile.handed_over_until.is_not(None), last)


def _calls() -> ColumnElement[bool]:
    """They asked for a person, and none has written since."""
    since = WhatsappMessage.created_at > Ticket.created_at
    answered = _said(WhatsappMessage.id).where(WhatsappMessage.written_by.is_not(None), since)
    called = select(Ticket.ticket_id).where(
        Ticket.customer_id == UserProfile.id,
        Ticket.category == tickets.PERSON,
        Ticket.status != "closed",
        ~answered.correlate(UserProfile, Ticket).exists(),
    )
    return called.correlate(UserProfile).exists()


def _said(what: ColumnElement[Any] | InstrumentedAttribute[Any]) -> Select[Any]:
    """Something of the messages between us and the customer."""
    theirs = WhatsappMessage.customer_id == UserProfile.id
    return select(what).where(theirs, WhatsappMessage.status.not_in(_UNSAID)).correlate(UserProfile)
