"""The audit log, newest first. For owners."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from starlette.responses import Response
from starlette.routing import Route

from console.authentication import staff_page
from console.request_context import RequestContext
from console.team import log_search
from console.team.log_subjects import name_subjects
from storage.models import AuditEntry, UserProfile

PAGE = 100
NEWEST = 5_000


def show_log(desk: RequestContext) -> Response:
    """A page of a hundred lines in which the searched words are shown, older than `before`."""
    wanted = desk.query("q")
    entries = search_log(desk.session, wanted, desk.query_number("before"))
    more = entries[-1].id if len(entries) == PAGE else None
    values = {
        "entries": entries,
        "customers": _customers(desk.session, entries),
        "names": name_subjects(desk.session, entries),
        "more": more,
    }
    return desk.page("team/log.html", wanted=wanted, **values)


def search_log(session: Session, wanted: str, before: int | None) -> Sequence[AuditEntry]:
    """The newest lines in which these words are shown, as person, action or subject."""
    query = select(AuditEntry).order_by(AuditEntry.id.desc()).limit(PAGE)
    if before is not None:
        query = query.where(AuditEntry.id < before)
    if words := log_search.read_searched_words(session, wanted):
        query = query.where(log_search.line_fits(words))
        newest = session.scalars(query.where(AuditEntry.id > _begin(session, before))).all()
        by_index = log_search.may_fit(words)
        if len(newest) == PAGE or by_index is None:
            return newest
        query = query.where(by_index)
    return session.scalars(query).all()


def _begin(session: Session, before: int | None) -> int:
    """The id from which lines are searched without the index, which finds frequent words."""
    end = before or session.scalar(select(func.max(AuditEntry.id))) or 0
    return end - NEWEST


def _customers(session: Session, entries: Sequence[AuditEntry]) -> dict[str, UserProfile]:
    """The customers whom lines are about, by id: the log stores only ids."""
    keys = {key for entry in entries if (key := _uuid(entry.subject))}
    found = session.scalars(select(UserProfile).where(UserProfile.id.in_(keys)))
    return {str(customer.id): customer for customer in found}


def _uuid(subject: str) -> UUID | None:
    try:
        return UUID(subject)
    except ValueError:
        return None


ROUTES = [Route("/log", staff_page(show_log, "owner"), methods=["GET"])]
