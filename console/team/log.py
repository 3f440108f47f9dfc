"""The audit log, newest first. For owners."""

from collections.abc import Sequence

from sqlalchemy import Text, cast, or_, select
from sqlalchemy.orm import Session
from starlette.responses import Response
from starlette.routing import Route

from console.desk import Desk
from console.door import screen
from storage.models import AuditEntry, UserProfile

PAGE = 100


def show_log(desk: Desk) -> Response:
    """A hundred lines, those that hold the words looked for, older than `before`."""
    wanted = desk.query("q")
    entries = find(desk.session, wanted, desk.query_number("before"))
    more = entries[-1].id if len(entries) == PAGE else None
    values = {"entries": entries, "customers": _customers(desk.session, entries), "more": more}
    return desk.page("team/log.html", wanted=wanted, **values)


def find(session: Session, wanted: str, before: int | None) -> Sequence[AuditEntry]:
    """The newest lines whose person, action or subject holds these words."""
    query = select(AuditEntry).order_by(AuditEntry.id.desc()).limit(PAGE)
    if before is not None:
        query = query.where(AuditEntry.id < before)
    if wanted:
        columns = (AuditEntry.staff_name, AuditEntry.action, AuditEntry.subject)
        query = query.where(or_(*(c.icontains(wanted, autoescape=True) for c in columns)))
    return session.scalars(query).all()


def _customers(session: Session, entries: Sequence[AuditEntry]) -> dict[str, UserProfile]:
    """The customers whom lines are about: the log itself knows them by their id alone."""
    key = cast(UserProfile.id, Text)
    found = session.scalars(select(UserProfile).where(key.in_({e.subject for e in entries})))
    return {str(customer.id): customer for customer in found}


ROUTES = [Route("/log", screen(show_log, "owner"), methods=["GET"])]
