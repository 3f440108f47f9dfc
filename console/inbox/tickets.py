"""Tickets."""

from typing import Any
from uuid import UUID

from starlette.responses import Response
from starlette.routing import Route

from console.desk import Desk
from console.door import change, screen
from console.inbox import reading
from console.refusals import NotFound, Refused
from shop import staff, ticket_desk, tickets
from storage.models import Staff, Ticket


def show_tickets(desk: Desk) -> Response:
    """Tickets by status, the ones that wait first."""
    status = desk.query("status") or "open"
    values: dict[str, Any] = {
        "status": status,
        "statuses": ticket_desk.STATUSES,
        "counts": reading.counts(desk.session),
        "by_status": ticket_desk.counts(desk.session),
        "most": ticket_desk.MOST_COUNTED,
        "cases": ticket_desk.cases(desk.session, status),
        "deletion": tickets.DELETION,
        "team": [one for one in staff.everybody(desk.session) if one.is_active],
    }
    return desk.page("inbox/tickets.html", **values)


def assign(desk: Desk) -> Response:
    """Gives a ticket to somebody, or to nobody in particular."""
    ticket, somebody = _find(desk), None
    if wanted := desk.form.text("staff"):
        somebody = _somebody(desk, wanted)
    ticket_desk.assign(desk.session, ticket, somebody)
    desk.record("assigned", ticket.ticket_id, to=somebody.name if somebody else None)
    return desk.go(_back(desk), f"{ticket.ticket_id}: {somebody.name if somebody else 'nobody'}.")


def set_status(desk: Desk) -> Response:
    """Opens, begins or closes a ticket."""
    ticket = _find(desk)
    try:
        before = ticket_desk.set_status(ticket, desk.form.text("status"))
    except ticket_desk.NoSuchStatus as none:
        raise Refused(400, str(none)) from None
    desk.record("changed the ticket", ticket.ticket_id, before=before, after=ticket.status)
    return desk.go(_back(desk), f"{ticket.ticket_id} is {ticket.status}.")


def _find(desk: Desk) -> Ticket:
    ticket = desk.session.get(Ticket, desk.path("ticket_id"))
    if ticket is None:
        raise NotFound("ticket")
    return ticket


def _somebody(desk: Desk, key: str) -> Staff:
    try:
        somebody = desk.session.get(Staff, UUID(key))
    except ValueError:
        somebody = None
    if somebody is None or not somebody.is_active:
        raise NotFound("person")
    return somebody


def _back(desk: Desk) -> str:
    """To where the change was made."""
    customer = desk.form.text("customer")
    return f"/inbox/{customer}" if customer else "/inbox/tickets"


ROUTES = [
    Route("/inbox/tickets", screen(show_tickets), methods=["GET"]),
    Route("/inbox/tickets/{ticket_id}/assign", change(assign), methods=["POST"]),
    Route("/inbox/tickets/{ticket_id}/status", change(set_status), methods=["POST"]),
]
