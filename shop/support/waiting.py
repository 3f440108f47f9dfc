"""Finds customers who wait for a person's answer."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Select,
    Subquery,
    and_,
    func,
    literal_column,
    null,
    select,
    union_all,
)
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from shop.support import tickets
from storage.models import ConversationState, Ticket, UserProfile, WhatsappMessage

# Messages that did not reach the customer are no answers.
UNSAID = ("withdrawn", "failed", "retried")

# How long the bot stays silent if no person answers.
_LONGEST = timedelta(hours=24)


def is_waiting() -> ColumnElement[bool]:
    """The SQL condition that a customer (`UserProfile`) waits for a person of the shop."""
    return UserProfile.id.in_(waiting_customers())


def waiting_customers() -> Select[tuple[UUID]]:
    """The ids of waiting customers: this is the only definition of who waits."""
    each = each_wait()
    return select(each.c.customer_id).distinct()


def each_wait() -> Subquery:
    """Everything that waits for a person's answer: customer, since when, and the ticket if any.

    Each ticket of a customer without an answer, and the first words to a person without one.
    """
    opened = select(Ticket.customer_id, Ticket.created_at.label("since"), Ticket.ticket_id).where(
        _is_unanswered()
    )
    wrote = unanswered_since().add_columns(null().label("ticket_id"))
    return union_all(opened, wrote).subquery()


def has_conversation(session: Session, customer_id: UUID, awaited: str) -> bool:
    """Whether a customer's messages are for a person they wait for, not for the bot.

    True from the ticket until somebody answers, the ticket is closed or a day has passed, unless
    the customer has used the bot since. `awaited` is the step of a conversation that is left to a
    person.
    """
    step = session.scalar(
        select(ConversationState.current_step).where(
            ConversationState.customer_id == customer_id,
            func.coalesce(ConversationState.expires_at > func.clock_timestamp(), True),
        )
    )
    if step not in (None, awaited):
        return False
    ticket = awaited_ticket(session, customer_id)
    if ticket is None:
        return False
    last = session.execute(_last_of_bot(customer_id, ticket)).first()
    return last is None or (last.said_in or {}).get("step") == awaited


def awaited_ticket(session: Session, customer_id: UUID) -> Ticket | None:
    """The customer's newest ticket that waits for a person's answer, of the last day."""
    return session.scalars(_awaiting(customer_id)).first()


def _awaiting(customer_id: UUID) -> Select[tuple[Ticket]]:
    """The customer's newest ticket that waits for an answer."""
    return (
        select(Ticket)
        .where(
            Ticket.customer_id == customer_id,
            is_unclosed(),
            Ticket.category != tickets.DELETION,
            Ticket.created_at > func.now() - _LONGEST,
            ~answered_since_ticket().exists(),
        )
        .order_by(Ticket.created_at.desc())
        .limit(1)
    )


def _last_of_bot(customer_id: UUID, ticket: Ticket) -> Select[Any]:
    """The bot's last message since the ticket, except the one with its number."""
    cause = aliased(WhatsappMessage)
    return (
        select(WhatsappMessage.said_in)
        .join(cause, WhatsappMessage.cause_id == cause.id)
        .where(
            WhatsappMessage.customer_id == customer_id,
            WhatsappMessage.direction == "outgoing",
            WhatsappMessage.written_by.is_(None),
            WhatsappMessage.created_at > ticket.created_at,
            cause.message_id != ticket.cause_message_id,
        )
        .order_by(WhatsappMessage.id.desc())
        .limit(1)
    )


def unanswered_since() -> Select[tuple[UUID, datetime]]:
    """Customers whom a person has not answered, and the first thing that they wrote since then."""
    ours = _last_said(func.max(WhatsappMessage.id), UserProfile.id).where(
        WhatsappMessage.direction == "outgoing"
    )
    last = func.coalesce(ours.correlate(UserProfile).scalar_subquery(), 0)
    first = (
        select(func.min(WhatsappMessage.created_at))
        .where(
            WhatsappMessage.customer_id == UserProfile.id,
            WhatsappMessage.direction == "incoming",
            WhatsappMessage.id > last,
        )
        .correlate(UserProfile)
        .scalar_subquery()
    )
    since = func.coalesce(first, UserProfile.last_interaction, UserProfile.updated_at)
    return select(UserProfile.id.label("customer_id"), since.label("since")).where(
        UserProfile.id.in_(_unanswered())
    )


def answered_since_ticket() -> Select[Any]:
    """A query on the messages of a person to a ticket's customer since it was opened."""
    answered = _last_said(WhatsappMessage.id, Ticket.customer_id).where(
        WhatsappMessage.written_by.is_not(None), WhatsappMessage.created_at > Ticket.created_at
    )
    return answered.correlate(Ticket)


def _unanswered() -> Select[tuple[UUID]]:
    """Customers who wrote while a person had the conversation, without an answer since."""
    wrote = and_(
        WhatsappMessage.direction == "incoming",
        WhatsappMessage.created_at < UserProfile.handed_over_until,
    )
    last = _last_said(wrote, UserProfile.id).order_by(WhatsappMessage.id.desc()).limit(1)
    had = UserProfile.handed_over_until.is_not(None)
    return select(UserProfile.id).where(had, last.correlate(UserProfile).scalar_subquery())


def unanswered_tickets(since: datetime) -> Select[tuple[Ticket]]:
    """Customers' tickets since then that nobody has answered, the oldest first."""
    query = select(Ticket).where(_is_unanswered(), Ticket.created_at > since)
    return query.order_by(Ticket.created_at)


def _is_unanswered() -> ColumnElement[bool]:
    """The SQL condition that a customer's ticket is open and nobody has written to them since."""
    return and_(is_unclosed(), Ticket.customer_id.is_not(None), ~answered_since_ticket().exists())


def is_unclosed() -> ColumnElement[bool]:
    """The SQL condition that a ticket is not closed, worded exactly as in the partial indexes."""
    return Ticket.status != literal_column("'closed'")


def _last_said(
    what: ColumnElement[Any] | InstrumentedAttribute[Any],
    customer: InstrumentedAttribute[UUID] | InstrumentedAttribute[UUID | None],
) -> Select[Any]:
    """A query on the messages between us and the customer."""
    theirs = WhatsappMessage.customer_id == customer
    return select(what).where(theirs, WhatsappMessage.status.not_in(UNSAID))
