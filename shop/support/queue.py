"""The queue for people: customers who wait for an answer and tickets, in one list.

A customer is listed once, with their unclosed tickets. Customers who wait for an answer come first,
the longest wait first; then those with answered tickets that are not closed.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from shop.support import assignment, waiting
from shop.support.assignment import Case
from storage.models import Staff, UserProfile, WaitingSighting
from storage.sightings import record_sightings


@dataclass
class Entry:
    """A customer in the queue; `waits_since` is None if everything was answered.

    A ticket without a customer (from `rasa shell`) is an entry of its own.
    """

    customer: UserProfile | None
    waits_since: datetime | None = None
    cases: list[Case] = field(default_factory=list)

    @property
    def asked(self) -> str:
        """The text of the customer's newest ticket, without the bot's answer."""
        return self.cases[-1].ticket.description or "" if self.cases else ""

    @property
    def since(self) -> datetime:
        """When the oldest thing in it began."""
        opened = [case.ticket.created_at for case in self.cases]
        return min([*opened, *([self.waits_since] if self.waits_since else [])])


def read_queue(session: Session) -> list[Entry]:
    """The queue, in order."""
    since = dict(session.execute(_waits()).tuples().all())
    found: dict[object, Entry] = {}
    for case in assignment.list_unclosed(session):
        whose = case.ticket.customer_id
        waits = since.get(whose) if whose else None
        entry = found.setdefault(whose or case.ticket.ticket_id, Entry(case.customer, waits))
        entry.cases.append(case)
    left = [key for key in since if key not in found]
    for customer in session.scalars(select(UserProfile).where(UserProfile.id.in_(left))):
        found[customer.id] = Entry(customer, since[customer.id])
    return sorted(found.values(), key=_place)


def count_waiting(session: Session) -> int:
    """How many customers wait for an answer."""
    return session.scalar(select(func.count()).select_from(_waits().subquery())) or 0


def count_unseen(session: Session) -> int:
    """How many customers have begun to wait since somebody last looked."""
    return session.scalar(select(func.count()).select_from(_unseen().subquery())) or 0


def mark_waiting_seen(session: Session, somebody: Staff) -> list[UUID]:
    """Marks all waiting customers as seen; returns those who were unseen."""
    unseen = list(session.scalars(_unseen()))
    record_sightings(session, WaitingSighting, unseen, somebody)
    return unseen


def customers_of(entries: Iterable[Entry]) -> set[UUID]:
    """The ids of the customers of these entries."""
    return {entry.customer.id for entry in entries if entry.customer}


def _waits() -> Select[tuple[UUID, datetime]]:
    """The customers who wait, and since when: for an answer to a ticket or to words to a person."""
    each = waiting.each_wait()
    return select(each.c.customer_id, func.min(each.c.since)).group_by(each.c.customer_id)


def _unseen() -> Select[tuple[UUID]]:
    """The customers who began to wait after staff last saw them waiting, if ever."""
    each = waiting.each_wait()
    seen = WaitingSighting.customer_id == each.c.customer_id
    return (
        select(each.c.customer_id)
        .outerjoin(WaitingSighting, seen)
        .where(or_(WaitingSighting.at.is_(None), WaitingSighting.at < each.c.since))
        .distinct()
    )


def _place(entry: Entry) -> tuple[bool, datetime]:
    return entry.waits_since is None, entry.waits_since or entry.since
