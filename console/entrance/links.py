"""Views of one-time links, by which the first owner and others choose their password."""

from starlette.responses import Response
from starlette.routing import Route

from console.entrance.doorstep import Doorstep, public_endpoint
from console.refusals import Refused
from shop.staff import audit, links, login_limits, logins, passwords, people


def show_link(step: Doorstep) -> Response:
    """Asks for a password; asks the first owner for a name, too."""
    return _page(step, _name(step))


def use_link(step: Doorstep) -> Response:
    """Sets the password and logs in."""
    known = _name(step)
    name = step.form.text("name")
    password = (step.form.texts("password") or [""])[-1]
    if password != (step.form.texts("again") or [""])[-1]:
        return _page(step, known, "The two passwords are not the same.")
    try:
        passwords.check_password(password, known or name)
        hashed = passwords.hash_password(password)
        with step.sessions() as session:
            token = step.request.path_params["token"]
            welcome = links.use_staff_link(session, token, name, hashed)
            audit.record_change(session, welcome, "chose a password")
            login_limits.remember_login_address(session, welcome, step.address)
            session_token = logins.begin_session(session, welcome, step.device, step.address)
    except links.LinkVoid as void:
        raise Refused(410, str(void)) from None
    except (people.UnfitName, passwords.UnfitPassword) as unfit:
        return _page(step, known, str(unfit))
    return step.enter(session_token, "/")


def _name(step: Doorstep) -> str | None:
    """The name of the person whom the link is for; None for the first owner."""
    try:
        with step.sessions() as session:
            somebody = links.link_owner(session, step.request.path_params["token"])
            return somebody.name if somebody else None
    except links.LinkVoid as void:
        raise Refused(410, str(void)) from None


def _page(step: Doorstep, known: str | None, problem: str = "") -> Response:
    values = {
        "problem": problem,
        "known": known,
        "name": step.form.text("name"),
        "shortest": passwords.SHORTEST,
    }
    return step.page("entrance/link.html", 422 if problem else 200, **values)


ROUTES = [
    Route("/welcome/{token}", public_endpoint(show_link), methods=["GET"], name="welcome"),
    Route("/welcome/{token}", public_endpoint(use_link), methods=["POST"]),
]
