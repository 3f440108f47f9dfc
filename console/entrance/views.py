"""Login and logout."""

from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from console.addresses import put_cookie
from console.authentication import COOKIE, staff_change
from console.entrance import codes, links
from console.entrance.doorstep import Doorstep, public_endpoint
from console.entrance.kept import KeptForm, keep_form, read_kept
from console.forms import Form
from console.request_context import RequestContext
from shop.staff import audit, login_limits, logins, passwords, people, second_factor


def show_login(step: Doorstep) -> Response:
    """Asks for name and password."""
    return login_page(step)


def ask_to_log_in(request: Request, form: Form) -> Response | None:
    """The login page with the kept form, if the session ended before the form was sent, or None."""
    kept = keep_form(request.url.path, form)
    return login_page(Doorstep(request, Form([])), 401, "", kept) if kept else None


def log_in(step: Doorstep) -> Response:
    """Counts the try in a transaction of its own, then checks the password.

    No transaction is open during the check, since hashing takes long.
    """
    name = step.form.text("name")
    try:
        with step.sessions() as session:
            login_limits.admit_login(session, name, step.address)
            known = logins.find_account(session, name)
    except login_limits.TooManyTries as too_many:
        return codes.wait(login_page(step, 429, f"{too_many} ({too_many.seconds} s)"), too_many)
    fits = passwords.password_matches(_password(step), known.password_hash if known else None)
    response = _begin(step, name, known if fits else None)
    return response or login_page(step, 401, "This name and password do not belong together.")


def _begin(step: Doorstep, name: str, known: logins.Known | None) -> Response | None:
    """Logs in, or redirects to the second factor; None if the password was wrong."""
    wanted = codes.inside_path(step.form.text("next"))
    with step.sessions() as session:
        somebody = logins.recheck_account(session, known) if known else None
        if somebody is None:
            _record_failure(session, name, step.address)
            return None
        if second_factor.is_on(somebody):
            awaiting = logins.begin_session(
                session, somebody, step.device, step.address, awaits_code=True
            )
            return codes.ask_for_code(step, awaiting, wanted)
        return codes.enter(step, codes.let_in(session, somebody, step), wanted)


def log_out(desk: RequestContext) -> Response:
    """Ends the session; copies of its cookie become invalid."""
    desk.record("logged out")
    logins.end_session(desk.session, desk.login)
    response = desk.go("/login")
    put_cookie(desk.request, response, COOKIE, "", 0)
    return response


def login_page(
    step: Doorstep, status: int = 200, problem: str = "", kept: KeptForm | None = None
) -> Response:
    """The login page; `kept` is a form to offer again after the login."""
    waiting = kept or read_kept(step.form)
    with step.sessions() as session:
        nobody_yet = people.nobody_yet(session)
    values = {
        "problem": problem,
        "kept": waiting.as_text() if waiting else "",
        "nobody_yet": nobody_yet,
        "name": step.form.text("name"),
        "next": step.form.text("next") or step.request.query_params.get("next", ""),
    }
    return step.page("entrance/login.html", status, **values)


def _record_failure(session: Session, name: str, address: str) -> None:
    """Logs a failed try, without unknown names: one may be a password typed by mistake."""
    known = people.find_staff(session, name)
    action = "could not log in as" if known else "could not log in, by an unknown name"
    audit.record_change(session, None, action, known.name if known else "", address=address)


def _password(step: Doorstep) -> str:
    """The password as typed: blanks around it are part of it."""
    return (step.form.texts("password") or [""])[-1]


ROUTES = [
    Route("/login", public_endpoint(show_login), methods=["GET"]),
    Route("/login", public_endpoint(log_in), methods=["POST"]),
    Route("/logout", staff_change(log_out), methods=["POST"]),
    *codes.ROUTES,
    *links.ROUTES,
]
