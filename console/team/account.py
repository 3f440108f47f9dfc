"""Views of one's own settings: password, theme, language, and logged-in devices."""

from starlette.responses import Response
from starlette.routing import Route

from console import translation
from console.addresses import put_cookie
from console.authentication import staff_change, staff_page
from console.refusals import NotFound
from console.request_context import THEME_COOKIE, THEMES, Interlude, RequestContext
from console.team import codes
from console.team.proof import look_at_password, typed_password
from shop.staff import login_limits, logins, passwords, people, second_factor

_YEAR = 365 * 24 * 3600


def show_account(desk: RequestContext, problem: str = "") -> Response:
    """The settings, and the devices, the latest first."""
    values = {
        "languages": translation.known_languages(),
        "devices": logins.logins_of(desk.session, desk.staff),
        "has_code": second_factor.is_on(desk.staff),
        "problem": problem,
        "shortest": passwords.SHORTEST,
    }
    return desk.page("team/account.html", 422 if problem else 200, **values)


def show_more(desk: RequestContext) -> Response:
    """The pages that do not fit into a phone's navigation bar."""
    return desk.page("team/more.html")


def change_password(desk: RequestContext) -> Response | Interlude:
    """Changes the password; needs the old one, and ends all other sessions."""
    old, new, again = (typed_password(desk, name) for name in ("old", "password", "again"))
    if new != again:
        return show_account(desk, "The two new passwords are not the same.")
    try:
        passwords.check_password(new, desk.staff.name)
    except passwords.UnfitPassword as unfit:
        return show_account(desk, str(unfit))
    look = look_at_password(desk, old)
    return Interlude(lambda: passwords.hash_password(new) if look() else None, _set_password)


def _set_password(desk: RequestContext, hashed: str | None) -> Response:
    """Stores the hash of the new password; None means that the old password was wrong."""
    if hashed is None:
        return show_account(desk, "The old password is not right.")
    desk.record("changed the password")
    login_limits.forgive_tries(desk.session, desk.staff.name, desk.address)
    people.set_password(desk.session, desk.staff, hashed)
    return desk.go("/login")


def end_others(desk: RequestContext) -> Response:
    """Logs out everywhere, here too."""
    desk.record("logged out everywhere")
    people.end_sessions(desk.session, desk.staff)
    return desk.go("/login")


def end_one(desk: RequestContext) -> Response:
    """Logs out on one other device."""
    wanted = desk.form.text("session")
    for login in logins.logins_of(desk.session, desk.staff):
        if login.token_hash == wanted:
            desk.record("logged out on another device")
            logins.end_session(desk.session, login)
            return desk.go("/account", "That device is logged out.")
    raise NotFound("login")


def change_theme(desk: RequestContext) -> Response:
    """Sets the theme of this browser: light, dark, or as the device."""
    wanted = desk.form.text("theme")
    response = desk.go("/account")
    theme = wanted if wanted in THEMES else "auto"
    put_cookie(desk.request, response, THEME_COOKIE, theme, _YEAR)
    return response


def change_language(desk: RequestContext) -> Response:
    """Sets one's language, also for the login page in this browser."""
    wanted = desk.form.text("language")
    if wanted not in translation.known_languages():
        raise NotFound("language")
    desk.staff.language = wanted
    desk.record("chose the language", wanted)
    response = desk.go("/account")
    put_cookie(desk.request, response, translation.COOKIE, wanted, _YEAR)
    return response


ROUTES = [
    Route("/account", staff_page(show_account), methods=["GET"]),
    Route("/more", staff_page(show_more), methods=["GET"]),
    Route("/account/password", staff_change(change_password), methods=["POST"]),
    Route("/account/logout", staff_change(end_others), methods=["POST"]),
    Route("/account/logout/one", staff_change(end_one), methods=["POST"]),
    Route("/account/theme", staff_change(change_theme, audited=False), methods=["POST"]),
    Route("/account/language", staff_change(change_language), methods=["POST"]),
    *codes.ROUTES,
]
