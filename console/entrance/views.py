"""Login and logout."""

from sqlalchemy.orm import Session
from starlette.responses import Response
from starlette.routing import Route

from console.desk import Desk
from console.door import COOKIE, change
from console.entrance import links
from console.entrance.doorstep import Doorstep, outside
from shop import audit, login_limits, logins, staff


def show_login(step: Doorstep) -> Response:
    """Asks for name and password."""
    return login_page(step)


def log_in(step: Doorstep) -> Response:
    """Counts the try first, in a transaction of its own, then looks at the password."""
    name, password = step.form.text("name"), _password(step)
    try:
        with step.sessions() as session:
            login_limits.admit(session, name, step.address)
    except login_limits.TooManyTries as too_many:
        response = login_page(step, 429, f"{too_many} ({too_many.seconds} s)")
        response.headers["Retry-After"] = str(too_many.seconds)
        return response
    with step.sessions() as session:
        somebody = logins.check(session, name, password)
        if somebody is None:
            _record_failure(session, name, step.address)
            return login_page(step, 401, "This name and password do not belong together.")
        login_limits.forgive(session, name, step.address)
        token = logins.begin(session, somebody, step.device)
        audit.record(session, somebody, "logged in")
    return step.enter(token, inside_path(step.form.text("next")))


def log_out(desk: Desk) -> Response:
    """Ends the session; a copy of its cookie opens nothing any more."""
    desk.record("logged out")
    logins.end(desk.session, desk.login)
    response = desk.go("/login")
    response.delete_cookie(COOKIE)
    return response


def login_page(step: Doorstep, status: int = 200, problem: str = "") -> Response:
    with step.sessions() as session:
        nobody_yet = staff.nobody_yet(session)
    values = {
        "problem": problem,
        "nobody_yet": nobody_yet,
        "name": step.form.text("name"),
        "next": step.form.text("next") or step.request.query_params.get("next", ""),
    }
    return step.page("entrance/login.html", status, **values)


def _record_failure(session: Session, name: str, address: str) -> None:
    """A name that nobody has stays unwritten: it may be a password, typed into the wrong field."""
    known = staff.find(session, name)
    action = "could not log in as" if known else "could not log in, by an unknown name"
    audit.record(session, None, action, known.name if known else "", address=address)


def inside_path(wanted: str) -> str:
    """The page that was wanted before login, if it is one of ours."""
    foreign = not wanted.startswith("/") or wanted.startswith("//") or "\\" in wanted
    return "/" if foreign or not wanted.isprintable() else wanted


def _password(step: Doorstep) -> str:
    """As it was typed: blanks around it are part of it."""
    return (step.form.texts("password") or [""])[-1]


ROUTES = [
    Route("/login", outside(show_login), methods=["GET"]),
    Route("/login", outside(log_in), methods=["POST"]),
    Route("/logout", change(log_out), methods=["POST"]),
    *links.ROUTES,
]
