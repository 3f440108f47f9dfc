"""Whether the shop can go live, point by point, with what one tap puts right. For owners."""

from typing import get_args

from starlette.responses import Response
from starlette.routing import Route

import settings
from console.authentication import staff_change, staff_page
from console.going_live import templates
from console.refusals import Refused
from console.request_context import Interlude, RequestContext
from doctor.examination import examine
from doctor.findings import AREAS, Finding, Mend
from doctor.mending import NotMended, mend


def show_going_live(desk: RequestContext) -> Response:
    """The templates at once; the points come when they are examined."""
    return desk.page("going_live/going_live.html", **templates.template_values(desk))


def examine_now(_desk: RequestContext) -> Interlude:
    """Examines without a connection of ours, since Meta is asked; then shows what was found."""
    return Interlude(lambda: list(examine(settings.load_settings())), show_findings)


def show_findings(desk: RequestContext, findings: list[Finding]) -> Response:
    """Each area with its troubles open and its fine points folded."""
    areas = [(area, [one for one in findings if one.area == area]) for area in AREAS]
    counts = {
        state: sum(one.state == state for one in findings)
        for state in ("fine", "look", "trouble", "unknown")
    }
    return desk.part("going_live/findings.html", areas=areas, counts=counts)


def mend_point(desk: RequestContext) -> Interlude:
    """Puts right what can be put right at Meta."""
    wanted = desk.form.text("what")
    what: Mend | None = next((known for known in get_args(Mend) if known == wanted), None)
    if what is None:
        raise Refused(400, "This cannot be put right from here.")

    def work() -> str:
        try:
            return mend(what, settings.load_settings())
        except NotMended as error:
            raise Refused(409, str(error)) from None

    def then(later: RequestContext, done: str) -> Response:
        later.record("put right at Meta", what.replace("_", " "))
        return later.go("/going-live", done)

    return Interlude(work, then)


ROUTES = [
    Route("/going-live", staff_page(show_going_live, "owner"), methods=["GET"]),
    Route("/going-live/findings", staff_page(examine_now, "owner"), methods=["GET"]),
    Route("/going-live/mend", staff_change(mend_point, "owner"), methods=["POST"]),
    *templates.ROUTES,
]
