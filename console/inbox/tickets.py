"""Views of tickets: list, assign, open and close."""

from typing import Any
from uuid import UUID

from starlette.responses import Response
from starlette.routing import Route

from console.authentication import staff_change, staff_page
from console.inbox import reading
from console.refusals import NotFound, Refused
from console.request_context import RequestContext
from console.translation import say
from shop.staff import people
from shop.support import assignment, tickets
from storage.models import Staff, Ticket


def show_tickets(desk: RequestContext) -> Response:
    """Tickets by status, the ones that wait first."""
    status = desk.query("status") or "open"
    values: dict[str, Any] = {
        "status": status,
        "statuses": assignment.STATUSES,
        "counts": reading.count_inbox(desk.session),
        "by_status": assignment.count_tickets(desk.session),
        "most": assignment.MOST_COUNTED,
        "cases": assignment.list_cases(desk.session, status),
        "deletion": tickets.DELETION,
        "team": [one for one in people.list_staff(desk.session) if one.is_active],
    }
    return desk.page("inbox/tickets.html", **values)


def assign_ticket_view(desk: RequestContext) -> Response:
    """Gives a ticket to somebody, or to nobody in particular."""
    ticket, somebody = _find(desk), None
    if wanted := desk.form.text("staff"):
        somebody = _somebody(desk, wanted)
    assignment.assign_ticket(desk.session, ticket, somebody)
    desk.record("assigned", ticket.ticket_id, to=somebody.name if somebody else None)
    return desk.go(_back(desk), f"{ticket.ticket_id}: {somebody.name if somebody else 'nobody'}.")


def set_ticket_status_view(desk: RequestContext) -> Response:
    """Reopens a ticket, or closes it without an answer, which needs a reason."""
    ticket, status = _find(desk), desk.form.text("status")
    if status not in ("open", "closed"):
        raise Refused(400, "A ticket can be closed or opened again.")
    try:
        before = (
            assignment.open_again(ticket)
            if status == "open"
            else assignment.close_ticket(ticket, desk.form.text("reason"), is_answered=False)
        )
    except assignment.NoOutcome as none:
        raise Refused(400, str(none)) from None
    desk.record("changed the ticket", ticket.ticket_id, before=before, after=ticket.status)
    return desk.go(
        _back(desk),
        say("{number} is {status}.", number=ticket.ticket_id, status=say(ticket.status)),
    )


def _find(desk: RequestContext) -> Ticket:
    return desk.find_row(Ticket, "ticket_id", "ticket")


def _somebody(desk: RequestContext, key: str) -> Staff:
    try:
        somebody = desk.session.get(Staff, UUID(key))
    except ValueError:
        somebody = None
    if somebody is None or not somebody.is_active:
        raise NotFound("person")
    return somebody


def _back(desk: RequestContext) -> str:
    """The path of the page where the change was made."""
    customer = desk.form.text("customer")
    return f"/inbox/{customer}" if customer else "/inbox/tickets"


ROUTES = [
    Route("/inbox/tickets", staff_page(show_tickets), methods=["GET"]),
    Route("/inbox/tickets/{ticket_id}/assign", staff_change(assign_ticket_view), methods=["POST"]),
    Route(
        "/inbox/tickets/{ticket_id}/status", staff_change(set_ticket_status_view), methods=["POST"]
    ),
]
