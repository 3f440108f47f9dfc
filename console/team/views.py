"""People: who may come in, and as what. For owners."""

from uuid import UUID

from starlette.responses import Response
from starlette.routing import Route

from console import addresses
from console.desk import Desk
from console.door import change, screen
from console.refusals import NotFound, Refused
from shop import logins, staff, staff_links
from storage.models import Role, Staff


def show_team(desk: Desk, problem: str = "", name: str = "") -> Response:
    """Everybody, with how many devices they are logged in on."""
    values = {
        "everybody": staff.everybody(desk.session),
        "devices": logins.counts(desk.session),
        "problem": problem,
        "name": name,
    }
    return desk.page("team/team.html", 422 if problem else 200, **values)


def add_somebody(desk: Desk) -> Response:
    """Takes somebody on and shows the link that lets them choose a password."""
    name = desk.form.text("name")
    try:
        somebody = staff.add(desk.session, name, _role(desk))
    except staff.UnfitName as unfit:
        return show_team(desk, str(unfit), name)
    desk.record("added", somebody.name, role=somebody.role)
    return _show_link(desk, somebody)


def new_link(desk: Desk) -> Response:
    """A link for somebody who forgot the password, or lost the first link."""
    somebody = _find(desk)
    desk.record("made a link for", somebody.name)
    return _show_link(desk, somebody)


def change_somebody(desk: Desk) -> Response:
    """Another role, or no longer here."""
    somebody = _find(desk)
    before = {"role": somebody.role, "is_active": somebody.is_active}
    try:
        staff.change(desk.session, somebody, _role(desk), is_active=desk.form.flag("is_active"))
    except staff.LastOwner as last:
        raise Refused(409, str(last)) from None
    after = {"role": somebody.role, "is_active": somebody.is_active}
    desk.record("changed", somebody.name, before=before, after=after)
    return desk.go("/team", f"{somebody.name}: saved.")


def end_logins(desk: Desk) -> Response:
    """Logs somebody out on every device: a phone was lost, say."""
    somebody = _find(desk)
    staff.end_sessions(desk.session, somebody)
    desk.record("logged out everywhere", somebody.name)
    return desk.go("/team", f"{somebody.name} is logged out everywhere.")


def _show_link(desk: Desk, somebody: Staff) -> Response:
    token = staff_links.draw(desk.session, somebody)
    link = addresses.link(desk.request, "welcome", token=token)
    return desk.page("team/link.html", somebody=somebody, link=link)


def _find(desk: Desk) -> Staff:
    key: UUID = desk.path("staff_id")
    somebody = desk.session.get(Staff, key)
    if somebody is None:
        raise NotFound("person")
    return somebody


def _role(desk: Desk) -> Role:
    return "owner" if desk.form.text("role") == "owner" else "staff"


ROUTES = [
    Route("/team", screen(show_team, "owner"), methods=["GET"]),
    Route("/team", change(add_somebody, "owner"), methods=["POST"]),
    Route("/team/{staff_id:uuid}", change(change_somebody, "owner"), methods=["POST"]),
    Route("/team/{staff_id:uuid}/logout", change(end_logins, "owner"), methods=["POST"]),
    Route("/team/{staff_id:uuid}/link", change(new_link, "owner"), methods=["POST"]),
]
