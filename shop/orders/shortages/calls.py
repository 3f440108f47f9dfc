"""The ticket that calls a person when a customer does not answer a question."""

from sqlalchemy.orm import Session

from shop.support import tickets
from storage.models import Shortage, Ticket, UserProfile

_CAUSE = "shortage-"


def call_about(session: Session, shortage: Shortage, customer: UserProfile, why: str) -> Ticket:
    """Calls a person with the order's number, once for a question."""
    ticket = tickets.call_person(session, customer, why, f"{_CAUSE}{shortage.id}")
    ticket.order_id = ticket.order_id or shortage.order_id
    shortage.ticket_id = ticket.ticket_id
    return ticket


def close_call(session: Session, shortage: Shortage) -> None:
    """Closes the call once the question is answered, if it was for that alone and nobody has
    taken it up."""
    ticket = session.get(Ticket, shortage.ticket_id or "")
    if ticket and ticket.status == "open" and (ticket.cause_message_id or "").startswith(_CAUSE):
        tickets.close_for_customer(session, ticket)
