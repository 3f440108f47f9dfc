"""Views of tickets: list, assign, open and close."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from starlette.responses import Response
from starlette.routing import Route

from console import conflicts
from console.authentication import staff_change, staff_page
from console.inbox import reading
from console.refusals import NotFound, Refused
from console.request_context import RequestContext
from console.translation import say
from shop.staff import people
from shop.support import assignment, tickets
from shop.support.assignment import Case
from storage.models import Staff, Ticket


@dataclass(frozen=True)
class Clash:
    """A ticket that a colleague has changed meanwhile: what to say of it, and the chosen person."""

    case: Case
    said: str
    staff: str = ""


def show_tickets(desk: RequestContext, clash: Clash | None = None) -> Response:
    """Tickets by status, the ones that wait first; one that two people changed is on top."""
    status = clash.case.ticket.status if clash else desk.query("status") or "open"
    cases = assignment.list_cases(desk.session, status)
    if clash:
        others = (one for one in cases if one.ticket is not clash.case.ticket)
        cases = [clash.case, *others]
    values: dict[str, Any] = {
        "status": status,
        "statuses": assignment.STATUSES,
        "counts": reading.count_inbox(desk.session),
        "by_status": assignment.count_tickets(desk.session),
        "most": assignment.MOST_COUNTED,
        "cases": cases,
        "clash": clash,
        "deletion": tickets.DELETION,
        "team": [one for one in people.list_staff(desk.session) if one.is_active],
    }
    return desk.page("inbox/tickets.html", 422 if clash else 200, **values)


def assign_ticket_view(desk: RequestContext) -> Response:
    """Gives a ticket to somebody, or to nobody in particular."""
    case = assignment.find_case(desk.session, _find(desk))
    ticket, form = case.ticket, desk.form
    now = {"staff": str(case.assignee.id) if case.assignee else ""}
    typed, taken = conflicts.merge_edits(form, now, {"staff": form.text("staff")})
    if taken:
        said = say("Nobody has it meanwhile. Assign it again to change that.")
        if case.assignee:
            phrase = "{name} has it meanwhile. Assign it again to change that."
            said = say(phrase, name=case.assignee.name)
        return show_tickets(desk, Clash(case, said, typed["staff"]))
    somebody = _somebody(desk, typed["staff"]) if typed["staff"] else None
    assignment.assign_ticket(desk.session, ticket, somebody)
    desk.record("assigned", ticket.ticket_id, to=somebody.name if somebody else None)
    return desk.go(_back(desk), f"{ticket.ticket_id}: {somebody.name if somebody else 'nobody'}.")


def set_ticket_status_view(desk: RequestContext) -> Response:
    """Reopens a ticket, or closes it without an answer, which needs a reason."""
    ticket, status, reason = _find(desk), desk.form.text("status"), desk.form.text("reason")
    if status not in ("open", "closed"):
        raise Refused(400, "A ticket can be closed or opened again.")
    if (ticket.status == "closed") == (status == "closed"):
        return _changed_meanwhile(desk, ticket, reason)
    try:
        before = (
            assignment.open_again(ticket)
            if status == "open"
            else assignment.close_ticket(ticket, reason, is_answered=False)
        )
    except assignment.NoOutcome as none:
        raise Refused(400, str(none)) from None
    desk.record("changed the ticket", ticket.ticket_id, before=before, after=ticket.status)
    return desk.go(
        _back(desk),
        say("{number} is {status}.", number=ticket.ticket_id, status=say(ticket.status)),
    )


def _changed_meanwhile(desk: RequestContext, ticket: Ticket, reason: str) -> Response:
    """A colleague was faster: shows the ticket with its outcome, and the reason typed here."""
    if ticket.status == "closed":
        said = say("It is closed meanwhile, so your reason is not saved: “{typed}”", typed=reason)
    else:
        said = say("It is open again meanwhile.")
    return show_tickets(desk, Clash(assignment.find_case(desk.session, ticket), said))


def _find(desk: RequestContext) -> Ticket:
    """The ticket, locked."""
    ticket = desk.session.get(Ticket, desk.path("ticket_id"), with_for_update=True)
    if ticket is None:
        raise NotFound("ticket")
    return ticket


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
