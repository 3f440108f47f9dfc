"""Everybody's own settings: password, look, and the devices one is logged in on."""

from starlette.responses import Response
from starlette.routing import Route

from console.addresses import put_cookie
from console.desk import THEME_COOKIE, THEMES, Desk, Interlude
from console.door import change, screen
from console.refusals import NotFound
from console.team import codes
from console.team.proof import look_at_password, typed
from shop import login_limits, logins, passwords, second_factor, staff

_YEAR = 365 * 24 * 3600


def show_account(desk: Desk, problem: str = "") -> Response:
    """The settings, and the devices with the latest first."""
    values = {
        "devices": logins.of(desk.session, desk.staff),
        "has_code": second_factor.is_on(desk.staff),
        "problem": problem,
        "shortest": passwords.SHORTEST,
    }
    return desk.page("team/account.html", 422 if problem else 200, **values)


def show_more(desk: Desk) -> Response:
    """The rooms that a phone's bar has no place for."""
    return desk.page("team/more.html")


def change_password(desk: Desk) -> Response | Interlude:
    """Needs the old password, and ends every other login."""
    old, new, again = (typed(desk, name) for name in ("old", "password", "again"))
    if new != again:
        return show_account(desk, "The two new passwords are not the same.")
    try:
        passwords.check(new, desk.staff.name)
    except passwords.UnfitPassword as unfit:
        return show_account(desk, str(unfit))
    look = look_at_password(desk, old)
    return Interlude(lambda: passwords.hashed(new) if look() else None, _set_password)


def _set_password(desk: Desk, hashed: str | None) -> Response:
    """Once the old password was right and the new one is hashed."""
    if hashed is None:
        return show_account(desk, "The old password is not right.")
    desk.record("changed the password")
    login_limits.forgive(desk.session, desk.staff.name, desk.address)
    staff.set_password(desk.session, desk.staff, hashed)
    return desk.go("/login")


def end_others(desk: Desk) -> Response:
    """Logs out everywhere, here too."""
    desk.record("logged out everywhere")
    staff.end_sessions(desk.session, desk.staff)
    return desk.go("/login")


def end_one(desk: Desk) -> Response:
    """Logs out on one other device."""
    wanted = desk.form.text("session")
    for login in logins.of(desk.session, desk.staff):
        if login.token_hash == wanted:
            desk.record("logged out on another device")
            logins.end(desk.session, login)
            return desk.go("/account", "That device is logged out.")
    raise NotFound("login")


def change_theme(desk: Desk) -> Response:
    """Light, dark, or as the device is set; kept in this browser."""
    wanted = desk.form.text("theme")
    response = desk.go("/account")
    theme = wanted if wanted in THEMES else "auto"
    put_cookie(desk.request, response, THEME_COOKIE, theme, _YEAR)
    return response


ROUTES = [
    Route("/account", screen(show_account), methods=["GET"]),
    Route("/more", screen(show_more), methods=["GET"]),
    Route("/account/password", change(change_password), methods=["POST"]),
    Route("/account/logout", change(end_others), methods=["POST"]),
    Route("/account/logout/one", change(end_one), methods=["POST"]),
    Route("/account/theme", change(change_theme, audited=False), methods=["POST"]),
    *codes.ROUTES,
]
