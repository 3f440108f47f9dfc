"""Support tickets."""

import re
from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from settings.errors import DocstringError
from shop.language.reading_form import id_form
from shop.language.word_files import read_patterns
from shop.support.ticket_orders import find_ticket_order
from storage.models import AuditEntry, Ticket, UserProfile

_TRIES = 5

# The categories of the support menu by reply id, each with the intent that means the same.
CATEGORIES = {
    "supp_delivery": "support_delivery",
    "supp_payment": "support_payment",
    "supp_other": "support_other",
}

# The categories for deleting data and for calling a person.
DELETION = "data deletion"
PERSON = "person"

# Limit per customer and hour; staff still read later messages.
MOST_AN_HOUR = 10
_HOUR = timedelta(hours=1)

# Follow-up text within this time joins the photo's ticket.
_TOGETHER = timedelta(minutes=10)
_PICTURE = re.compile(r"\([a-z]+\)")

_MOST_WORDS = 8
_SAID = read_patterns("tickets")
_TICKET, _ASKS, _OPENS_OR_CLOSES = _SAID["ticket"], _SAID["asks"], _SAID["opens_or_closes"]
_NUMBER = read_patterns("numbers")["ticket_number"]


class TooManyTickets(DocstringError):
    """The customer has opened as many tickets within the hour as anybody may."""


class TicketNumberTaken(Exception):
    """Five random ticket numbers in a row were taken."""


def open_ticket(
    session: Session, customer: UserProfile | None, category: str, description: str, cause: str
) -> Ticket:
    """Opens the ticket that the message `cause` asked for, once.

    Raises:
        TooManyTickets: never for a request to delete data, which is always accepted.
        TicketNumberTaken: no free ticket number was found.
    """
    is_bounded = customer and category != DELETION
    if is_bounded and _opened_lately(session, customer) >= MOST_AN_HOUR:
        raise TooManyTickets
    return _open(session, customer, category, description, cause)


def call_person(session: Session, customer: UserProfile | None, why: str, cause: str) -> Ticket:
    """Calls a person for the customer, without a limit; staff read `why`.

    An open call of the same hour is used again.
    """
    called = (
        select(Ticket)
        .where(*_lately(customer), Ticket.category == PERSON, Ticket.status != "closed")
        .order_by(Ticket.created_at.desc())
        .limit(1)
    )
    earlier = session.scalars(called).first() if customer else None
    return earlier or _open(session, customer, PERSON, why, cause)


def _opened_lately(session: Session, customer: UserProfile | None) -> int:
    return session.scalar(select(func.count()).where(*_lately(customer))) or 0


def _lately(customer: UserProfile | None) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    mine = Ticket.customer_id == (customer.id if customer else None)
    return mine, Ticket.created_at > func.now() - _HOUR


def _open(
    session: Session, customer: UserProfile | None, category: str, description: str, cause: str
) -> Ticket:
    values = {
        "customer_id": customer.id if customer else None,
        "customer_phone": customer.whatsapp_phone if customer else None,
        "category": category,
        "description": description,
        "order_id": find_ticket_order(session, customer, description),
        "cause_message_id": cause,
    }
    for _ in range(_TRIES):
        session.execute(insert(Ticket).values(values).on_conflict_do_nothing())
        opened = session.scalars(select(Ticket).where(Ticket.cause_message_id == cause)).first()
        if opened:
            return opened
    raise TicketNumberTaken


def find_ticket(session: Session, customer: UserProfile | None, ticket_id: str) -> Ticket | None:
    """The customer's own ticket with this number; None for other customers' tickets."""
    if customer is None:
        return None
    return session.scalars(
        select(Ticket).where(Ticket.ticket_id == ticket_id, Ticket.customer_id == customer.id)
    ).first()


def latest_ticket(session: Session, customer: UserProfile | None) -> Sequence[Ticket]:
    """The customer's last tickets that are not closed, newest first; else the last one."""
    if customer is None:
        return []
    own = select(Ticket).where(Ticket.customer_id == customer.id)
    last = session.scalars(own.order_by(Ticket.created_at.desc()).limit(2)).all()
    return [ticket for ticket in last if ticket.status != "closed"] or last[:1]


def is_closed_by_answer(ticket: Ticket) -> bool:
    """Whether an answer can close the ticket: it is open, and no request to delete data."""
    return ticket.status != "closed" and ticket.category != DELETION


def close_for_customer(session: Session, ticket: Ticket) -> None:
    """Closes a ticket that its customer no longer needs; staff see who closed it."""
    session.refresh(ticket, with_for_update=True)
    if ticket.status != "closed":
        ticket.status = "closed"
        session.add(
            AuditEntry(
                staff_name="The customer", action="closed", subject=ticket.ticket_id, details={}
            )
        )


def add_to_picture(session: Session, customer: UserProfile | None, words: str) -> Ticket | None:
    """Adds follow-up text to the ticket that a photo just opened.

    Repeated text changes nothing. None if there is no such photo ticket.
    """
    if customer is None:
        return None
    just_now = (Ticket.customer_id == customer.id, Ticket.created_at > func.now() - _TOGETHER)
    newest = select(Ticket).where(*just_now).order_by(Ticket.created_at.desc()).limit(1)
    ticket = session.scalars(newest).first()
    picture, _, said = ticket.description.partition(" ") if ticket else ("", "", "")
    if ticket is None or not _PICTURE.fullmatch(picture) or said not in ("", words):
        return None
    ticket.description = f"{picture} {words}"
    return ticket


def are_asked_about(text: str) -> bool:
    """Whether a short text asks for a ticket's status without its number: `ticket status?`

    Read before Rasa (rasa_input.py), like a ticket's number: it is certain, whatever is trained.
    """
    is_brief = len(text.split()) <= _MOST_WORDS
    is_else = _OPENS_OR_CLOSES.search(text)
    return bool(is_brief and not is_else and _TICKET.search(text) and _ASKS.search(text))


def ticket_number_in(text: str) -> str | None:
    """The ticket's number in a sentence: `tkt 123456?` → `TKT-123456`."""
    found = _NUMBER.search(id_form(text))
    return found and f"TKT-{found.group(1)}"
