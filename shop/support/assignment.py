"""Tickets for staff: who handles one, and its status."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Select, delete, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from settings.errors import DocstringError
from shop.support import tickets, waiting
from storage.models import Staff, Ticket, TicketAssignment, UserProfile

STATUSES = ("open", "working", "closed")
MOST = 200
MOST_COUNTED = 1_000
# The longest outcome: that of a text message of WhatsApp.
LONGEST_OUTCOME = 4096


class NoOutcome(DocstringError, ValueError):
    """Answer the customer, or say why there is no answer: then the ticket is closed."""


@dataclass(frozen=True)
class Case:
    """A ticket with its customer and the staff member who handles it."""

    ticket: Ticket
    customer: UserProfile | None
    assignee: Staff | None


def list_cases(session: Session, status: str = "", customer: UUID | None = None) -> Sequence[Case]:
    """Tickets, the oldest open ones first, closed ones with the latest first."""
    query = _cases()
    if status:
        query = query.where(Ticket.status == status)
    if customer:
        query = query.where(Ticket.customer_id == customer)
    latest_first = status == "closed" or customer is not None
    order = Ticket.created_at.desc() if latest_first else Ticket.created_at
    return [Case(*row) for row in session.execute(query.order_by(order)).tuples()]


def list_unclosed(session: Session) -> Sequence[Case]:
    """Tickets that are not closed, the oldest first."""
    query = _cases().where(waiting.is_unclosed()).order_by(Ticket.created_at)
    return [Case(*row) for row in session.execute(query).tuples()]


def find_case(session: Session, ticket: Ticket) -> Case:
    """The ticket with its customer and whoever handles it."""
    return Case(
        *session.execute(_cases().where(Ticket.ticket_id == ticket.ticket_id)).tuples().one()
    )


def _cases() -> Select[tuple[Ticket, UserProfile, Staff]]:
    return (
        select(Ticket, UserProfile, Staff)
        .outerjoin(UserProfile, UserProfile.id == Ticket.customer_id)
        .outerjoin(TicketAssignment, TicketAssignment.ticket_id == Ticket.ticket_id)
        .outerjoin(Staff, Staff.id == TicketAssignment.staff_id)
        .limit(MOST)
    )


def count_tickets(session: Session) -> dict[str, int]:
    """How many tickets there are by status; of closed ones no more than MOST_COUNTED."""
    closed = select(Ticket.ticket_id).where(Ticket.status == "closed")
    # In the order of an index, whose scan ends after so many rows.
    closed = closed.order_by(Ticket.created_at).limit(MOST_COUNTED)
    counted = select(func.count()).select_from(closed.subquery())
    return {**unclosed_tickets(session), "closed": session.scalar(counted) or 0}


def unclosed_tickets(session: Session) -> dict[str, int]:
    """Counts of tickets that are not closed, by status."""
    counted = select(Ticket.status, func.count()).where(waiting.is_unclosed())
    return dict(session.execute(counted.group_by(Ticket.status)).tuples().all())


def assign_ticket(session: Session, ticket: Ticket, somebody: Staff | None) -> None:
    """Gives the ticket to somebody, who then works on it; None: to nobody in particular."""
    if somebody is None:
        session.execute(
            delete(TicketAssignment).where(TicketAssignment.ticket_id == ticket.ticket_id)
        )
        return
    values = {"staff_id": somebody.id, "at": func.now()}
    session.execute(
        insert(TicketAssignment)
        .values(ticket_id=ticket.ticket_id, **values)
        .on_conflict_do_update(index_elements=["ticket_id"], set_=values)
    )
    if ticket.status == "open":
        ticket.status = "working"


def take_up_tickets(session: Session, customer: UUID, somebody: Staff) -> None:
    """Gives the customer's tickets that nobody works on to the person who has answered.

    A request to delete data is not done with an answer.
    """
    mine = Ticket.customer_id == customer, Ticket.category != tickets.DELETION
    for ticket in session.scalars(select(Ticket).where(*mine, Ticket.status == "open")):
        if session.get(TicketAssignment, ticket.ticket_id) is None:
            assign_ticket(session, ticket, somebody)


def close_ticket(ticket: Ticket, outcome: str, *, is_answered: bool) -> str:
    """Closes a ticket with the answer, or with the reason why there is none; returns the status
    before.

    Raises:
        NoOutcome
    """
    if not outcome.strip():
        raise NoOutcome
    before, ticket.status = ticket.status, "closed"
    ticket.outcome, ticket.is_answered = outcome.strip()[:LONGEST_OUTCOME], is_answered
    return before


def open_again(ticket: Ticket) -> str:
    """Opens a closed ticket again; returns the status before."""
    before, ticket.status = ticket.status, "open"
    ticket.outcome, ticket.is_answered = "", False
    return before
