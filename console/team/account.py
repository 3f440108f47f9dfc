"""Everybody's own settings: password, look, and the devices one is logged in on."""

from sqlalchemy import select
from starlette.responses import Response
from starlette.routing import Route

from console.desk import THEME_COOKIE, THEMES, Desk
from console.door import change, screen
from shop import passwords, staff
from storage.models import StaffSession

_YEAR = 365 * 24 * 3600


def show_account(desk: Desk, problem: str = "") -> Response:
    """The settings, and the devices with the latest first."""
    devices = (
        select(StaffSession)
        .where(StaffSession.staff_id == desk.staff.id)
        .order_by(StaffSession.last_seen_at.desc())
    )
    values = {
        "devices": desk.session.scalars(devices).all(),
        "problem": problem,
        "shortest": passwords.SHORTEST,
    }
    return desk.page("team/account.html", 422 if problem else 200, **values)


def show_more(desk: Desk) -> Response:
    """The rooms that a phone's bar has no place for."""
    return desk.page("team/more.html")


def change_password(desk: Desk) -> Response:
    """Needs the old password, and ends every other login."""
    old, new, again = ((desk.form.texts(name) or [""])[-1] for name in ("old", "password", "again"))
    if not passwords.matches(old, desk.staff.password_hash):
        return show_account(desk, "The old password is not right.")
    if new != again:
        return show_account(desk, "The two new passwords are not the same.")
    try:
        passwords.check(new, desk.staff.name)
    except passwords.UnfitPassword as unfit:
        return show_account(desk, str(unfit))
    somebody = desk.staff
    desk.record("changed the password")
    staff.set_password(desk.session, somebody, new)
    return desk.go("/login")


def end_others(desk: Desk) -> Response:
    """Logs out everywhere, here too."""
    desk.record("logged out everywhere")
    staff.end_sessions(desk.session, desk.staff)
    return desk.go("/login")


def change_theme(desk: Desk) -> Response:
    """Light, dark, or as the device is set; kept in this browser."""
    wanted = desk.form.text("theme")
    response = desk.go("/account")
    response.set_cookie(
        THEME_COOKIE, wanted if wanted in THEMES else "auto", _YEAR, samesite="lax", httponly=True
    )
    return response


ROUTES = [
    Route("/account", screen(show_account), methods=["GET"]),
    Route("/more", screen(show_more), methods=["GET"]),
    Route("/account/password", change(change_password), methods=["POST"]),
    Route("/account/logout", change(end_others), methods=["POST"]),
    Route("/account/theme", change(change_theme, audited=False), methods=["POST"]),
]
