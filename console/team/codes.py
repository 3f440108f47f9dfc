"""Views to switch one's own second factor on and off."""

from starlette.responses import Response
from starlette.routing import Route

from console.authentication import staff_change, staff_page
from console.qr_codes import draw_qr
from console.refusals import NotAllowed
from console.request_context import Interlude, RequestContext
from console.team.proof import count_try, look_at_password, typed_password
from shop.staff import login_limits, second_factor
from storage import engine

_GROUP = 4


def show_codes(desk: RequestContext, problem: str = "") -> Response:
    """The page asks for the password, or for the first code, or says that the factor is on."""
    drawn = desk.staff.second_factor is not None and not second_factor.is_on(desk.staff)
    values = {
        "has_code": second_factor.is_on(desk.staff),
        "picture": draw_qr(second_factor.app_address(desk.staff)) if drawn else None,
        "secret": _grouped(desk.staff.second_factor or "") if drawn else "",
        "problem": problem,
    }
    return desk.page("team/codes.html", 422 if problem else 200, **values)


def draw(desk: RequestContext) -> Response | Interlude:
    """Draws a new secret for an owner who has typed the password."""
    if not desk.is_owner or second_factor.is_on(desk.staff):
        raise NotAllowed
    return Interlude(look_at_password(desk, typed_password(desk, "password")), _draw)


def _draw(desk: RequestContext, is_right: bool) -> Response:
    if not is_right:
        return show_codes(desk, "The password is not right.")
    if not second_factor.is_on(desk.staff):
        second_factor.draw_secret(desk.staff)
    desk.record("drew a second factor")
    login_limits.forgive_tries(desk.session, desk.staff.name, desk.address)
    return desk.go("/account/code")


def begin(desk: RequestContext) -> Response:
    """Switches the second factor on if the first code is right."""
    return _with_code(desk, switch_on=True)


def end_codes(desk: RequestContext) -> Response:
    """Switches the second factor off."""
    return _with_code(desk, switch_on=False)


def _with_code(desk: RequestContext, *, switch_on: bool) -> Response:
    count_try(desk)
    desk.session.refresh(desk.staff, with_for_update=True)
    code, now = desk.form.text("code"), engine.now(desk.session)
    try:
        if switch_on:
            second_factor.begin_second_factor(desk.staff, code, now)
        else:
            second_factor.accept_code(desk.staff, code, now)
            second_factor.end_second_factor(desk.staff)
    except second_factor.WrongCode as wrong:
        desk.record("gave a wrong code")
        return show_codes(desk, str(wrong))
    login_limits.forgive_tries(desk.session, desk.staff.name, desk.address)
    desk.record("switched the second factor on" if switch_on else "switched the second factor off")
    return desk.go("/account", f"The second factor is {'on' if switch_on else 'off'}.")


def _grouped(secret: str) -> str:
    """The secret in groups of four, as people type it: `ABCD EFGH`."""
    return " ".join(secret[at : at + _GROUP] for at in range(0, len(secret), _GROUP))


ROUTES = [
    Route("/account/code", staff_page(show_codes), methods=["GET"]),
    Route("/account/code", staff_change(draw), methods=["POST"]),
    Route("/account/code/on", staff_change(begin), methods=["POST"]),
    Route("/account/code/off", staff_change(end_codes), methods=["POST"]),
]
