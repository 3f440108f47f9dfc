"""Views of staff accounts and their roles. For owners."""

from uuid import UUID

from starlette.responses import Response
from starlette.routing import Route

from console import addresses, conflicts
from console.authentication import staff_change, staff_page
from console.refusals import NotFound, Refused
from console.request_context import RequestContext
from shop.staff import links, logins, people
from storage.models import Role, Staff


def show_team(desk: RequestContext, problem: str = "", name: str = "") -> Response:
    """All staff, each with the number of logged-in devices."""
    everybody = people.list_staff(desk.session)
    values = {
        "everybody": everybody,
        "opened_with": {one.id: _fields_of(one) for one in everybody},
        "devices": logins.count_sessions(desk.session),
        "problem": problem,
        "name": name,
    }
    return desk.page("team/team.html", 422 if problem else 200, **values)


def add_somebody(desk: RequestContext) -> Response:
    """Adds a person and shows the link by which they choose a password."""
    name = desk.form.text("name")
    try:
        somebody = people.add_staff(desk.session, name, _role(desk))
    except people.UnfitName as unfit:
        return show_team(desk, str(unfit), name)
    desk.record("added", somebody.name, role=somebody.role)
    return _show_link(desk, somebody)


def new_link(desk: RequestContext) -> Response:
    """Shows a link for somebody who forgot the password, or lost the first link."""
    somebody = _find(desk)
    desk.record("made a link for", somebody.name)
    return _show_link(desk, somebody)


def change_somebody(desk: RequestContext) -> Response:
    """Changes a person's role, or deactivates them; what another owner changed is kept."""
    somebody = _find(desk)
    desk.session.refresh(somebody, with_for_update=True)
    before, now = {"role": somebody.role, "is_active": somebody.is_active}, _fields_of(somebody)
    sent = {"role": _role(desk), "is_active": "yes" if desk.form.flag("is_active") else ""}
    # Each field has two values: if both owners have changed it, both wanted the same.
    typed = conflicts.join_edits(desk.form, now, sent)
    role: Role = "owner" if typed["role"] == "owner" else "staff"
    try:
        people.change_staff(desk.session, somebody, role, is_active=bool(typed["is_active"]))
    except people.LastOwner as last:
        raise Refused(409, str(last)) from None
    after = {"role": somebody.role, "is_active": somebody.is_active}
    desk.record("changed", somebody.name, before=before, after=after)
    return desk.go("/team", f"{somebody.name}: saved.")


def _fields_of(somebody: Staff) -> dict[str, str]:
    """What the form of a person holds when it is opened."""
    return {"role": somebody.role, "is_active": "yes" if somebody.is_active else ""}


def end_logins(desk: RequestContext) -> Response:
    """Logs a person out on all devices, for example after a phone was lost."""
    somebody = _find(desk)
    people.end_sessions(desk.session, somebody)
    desk.record("logged out everywhere", somebody.name)
    return desk.go("/team", f"{somebody.name} is logged out everywhere.")


def _show_link(desk: RequestContext, somebody: Staff) -> Response:
    token = links.draw_staff_link(desk.session, somebody)
    link = addresses.link(desk.request, "welcome", token=token)
    return desk.page("team/link.html", somebody=somebody, link=link)


def _find(desk: RequestContext) -> Staff:
    key: UUID = desk.path("staff_id")
    somebody = desk.session.get(Staff, key)
    if somebody is None:
        raise NotFound("person")
    return somebody


def _role(desk: RequestContext) -> Role:
    return "owner" if desk.form.text("role") == "owner" else "staff"


ROUTES = [
    Route("/team", staff_page(show_team, "owner"), methods=["GET"]),
    Route("/team", staff_change(add_somebody, "owner"), methods=["POST"]),
    Route("/team/{staff_id:uuid}", staff_change(change_somebody, "owner"), methods=["POST"]),
    Route("/team/{staff_id:uuid}/logout", staff_change(end_logins, "owner"), methods=["POST"]),
    Route("/team/{staff_id:uuid}/link", staff_change(new_link, "owner"), methods=["POST"]),
]
