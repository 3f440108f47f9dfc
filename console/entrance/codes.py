"""The second factor at login: the code from the phone, after the password."""

from secrets import token_hex

from sqlalchemy.orm import Session
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from console.entrance.doorstep import CODE_COOKIE, Doorstep, public_endpoint
from console.entrance.kept import read_kept
from console.request_context import SALT, csrf_for
from shop.staff import audit, login_limits, logins, second_factor
from storage import engine
from storage.models import Staff


def show_code(step: Doorstep) -> Response:
    """Asks for the code; without a correct password, redirects to the login."""
    with step.sessions() as session:
        awaiting = logins.find_awaiting(session, step.request.cookies.get(CODE_COOKIE))
    return _page(step) if awaiting else RedirectResponse("/login", status_code=303)


def take_code(step: Doorstep) -> Response:
    """Logs in if the code is right. Each try is counted, as for passwords."""
    awaiting = step.request.cookies.get(CODE_COOKIE)
    try:
        with step.sessions() as session:
            waits = logins.find_awaiting(session, awaiting)
            if waits is None:
                return RedirectResponse("/login", status_code=303)
            login_limits.admit_login(session, waits.staff.name, step.address)
        with step.sessions() as session:
            token = _take(session, step, awaiting)
    except login_limits.TooManyTries as too_many:
        return wait(_page(step, 429, f"{too_many} ({too_many.seconds} s)"), too_many)
    if token is None:
        return _page(step, 401, str(second_factor.WrongCode()))
    return enter(step, token, inside_path(step.form.text("next")))


def _take(session: Session, step: Doorstep, awaiting: str | None) -> str | None:
    """The token of the new session; None if the code is wrong."""
    waits = logins.find_awaiting(session, awaiting)
    if waits is None:
        return None
    somebody = waits.staff
    try:
        second_factor.accept_code(somebody, step.form.text("code"), engine.now(session))
    except second_factor.WrongCode:
        audit.record_change(
            session, None, "gave a wrong code as", somebody.name, address=step.address
        )
        return None
    logins.end_session(session, waits)
    return let_in(session, somebody, step)


def let_in(session: Session, somebody: Staff, step: Doorstep) -> str:
    """Begins the session and clears the failed tries from this address; returns the token."""
    login_limits.forgive_tries(session, somebody.name, step.address)
    login_limits.remember_login_address(session, somebody, step.address)
    audit.record_change(session, somebody, "logged in")
    return logins.begin_session(session, somebody, step.device, step.address)


def ask_for_code(step: Doorstep, awaiting: str, wanted: str) -> Response:
    """Redirects to the second factor; a kept form gets its page at once, as a redirect loses it."""
    if read_kept(step.form) is None:
        return step.ask_for_code(awaiting, wanted)
    return step.with_code_cookie(_page(step), awaiting)


def enter(step: Doorstep, session_token: str, wanted: str) -> Response:
    """Logs in, and shows the wanted page or the form that was kept."""
    if kept := read_kept(step.form):
        csrf = csrf_for(session_token, token_hex(SALT))
        page = step.page("entrance/kept.html", kept=kept, form_csrf=csrf)
        return step.with_session(page, session_token)
    return step.enter(session_token, wanted)


def wait(response: Response, too_many: login_limits.TooManyTries) -> Response:
    """Adds the Retry-After header."""
    response.headers["Retry-After"] = str(too_many.seconds)
    return response


def inside_path(wanted: str) -> str:
    """The path that was wanted before the login if it is ours, else `/`."""
    foreign = not wanted.startswith("/") or wanted.startswith("//") or "\\" in wanted
    return "/" if foreign or not wanted.isprintable() else wanted


def _page(step: Doorstep, status: int = 200, problem: str = "") -> Response:
    wanted = step.form.text("next") or step.request.query_params.get("next", "")
    kept = read_kept(step.form)
    values = {"problem": problem, "next": wanted, "kept": kept.as_text() if kept else ""}
    return step.page("entrance/code.html", status, **values)


ROUTES = [
    Route("/login/code", public_endpoint(show_code), methods=["GET"]),
    Route("/login/code", public_endpoint(take_code), methods=["POST"]),
]
