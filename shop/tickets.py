"""Support tickets."""

import re

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from storage.models import Ticket, UserProfile

_TRIES = 5

# What a tap on the support menu means, by reply id, and the intent that says the same.
CATEGORIES = {
    "supp_delivery": "support_delivery",
    "supp_payment": "support_payment",
    "supp_other": "support_other",
}

# The categories of a wish to be forgotten, and of a call for a person.
DELETION = "data deletion"
PERSON = "person"

_NUMBER = re.compile(r"\bTKT[\s#:.-]*(\d{4,12})\b", re.IGNORECASE)


class TicketNumberTaken(Exception):
    """Five random ticket numbers in a row were taken."""


def open_ticket(
    session: Session, customer: UserProfile | None, category: str, description: str, cause: str
) -> Ticket:
    """Opens the ticket that the message `cause` asked for, once.

    Raises:
        TicketNumberTaken: no free ticket number was found.
    """
    values = {
        "customer_id": customer.id if customer else None,
        "customer_phone": customer.whatsapp_phone if customer else None,
        "category": category,
        "description": description,
        "cause_message_id": cause,
    }
    for _ in range(_TRIES):
        session.execute(insert(Ticket).values(values).on_conflict_do_nothing())
        opened = session.scalars(select(Ticket).where(Ticket.cause_message_id == cause)).first()
        if opened:
            return opened
    raise TicketNumberTaken


def find(session: Session, customer: UserProfile | None, ticket_id: str) -> Ticket | None:
    """The customer's own ticket with this number; another's does not exist to them."""
    if customer is None:
        return None
    return session.scalars(
        select(Ticket).where(Ticket.ticket_id == ticket_id, Ticket.customer_id == customer.id)
    ).first()


def number_in(text: str) -> str | None:
    """The ticket's number in a sentence: `tkt 123456?` → `TKT-123456`."""
    found = _NUMBER.search(text)
    return found and f"TKT-{found.group(1)}"
