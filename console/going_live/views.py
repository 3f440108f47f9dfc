"""Views of the checks before going live, with a button for what can be repaired. For owners."""

from typing import get_args

from starlette.responses import Response
from starlette.routing import Route

import settings
from console.authentication import staff_change, staff_page
from console.going_live import templates
from console.refusals import Refused
from console.request_context import Interlude, RequestContext
from doctor.examination import examine_all
from doctor.findings import AREAS, Finding, Mend
from doctor.mending import NotMended, repair_point


def show_going_live(desk: RequestContext) -> Response:
    """The page with the templates; it asks for the findings after it has loaded."""
    return desk.page("going_live/going_live.html", **templates.template_values(desk))


def examine_now(_desk: RequestContext) -> Interlude:
    """Examines without a database connection, since it asks Meta; then shows the findings."""
    return Interlude(lambda: list(examine_all(settings.load_settings())), show_findings)


def show_findings(desk: RequestContext, findings: list[Finding]) -> Response:
    """The findings by area, troubles open and points that are fine folded."""
    areas = [(area, [one for one in findings if one.area == area]) for area in AREAS]
    counts = {
        state: sum(one.state == state for one in findings)
        for state in ("fine", "look", "trouble", "unknown")
    }
    return desk.part("going_live/findings.html", areas=areas, counts=counts)


def mend_point(desk: RequestContext) -> Interlude:
    """Repairs one point at Meta.

    Raises:
        Refused: the point cannot be repaired from here, or Meta refused.
    """
    wanted = desk.form.text("what")
    what: Mend | None = next((known for known in get_args(Mend) if known == wanted), None)
    if what is None:
        raise Refused(400, "This cannot be put right from here.")

    def work() -> str:
        try:
            return repair_point(what, settings.load_settings())
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
