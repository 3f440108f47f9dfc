"""Opens and closes alerts, and decides which are due to be sent.

Each alert is sent once. While nobody has seen it, it is sent again after `alert_again_minutes`, a
few times, with more urgency, and to the alarm phone.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, case, delete, func, or_, select, text, tuple_, update
from sqlalchemy.dialects.postgresql import Insert, insert
from sqlalchemy.orm import Session

from shop.alerts.current import Standing
from shop.opening.quiet_hours import is_quiet
from shop.opening.reading import read_settings
from storage import engine
from storage.advisory_locks import AdvisoryLock
from storage.models import Alert, AlertKind, Staff

# Events of customers alert each time; a technical trouble may come and go every minute.
BY_CUSTOMERS: tuple[AlertKind, ...] = ("new_order", "person_waiting", "waits_too_long")
SAME_TROUBLE = timedelta(minutes=10)
MOST_PUSHES = 5
KEPT = timedelta(days=7)


def lock_alerts(session: Session) -> bool:
    """Takes the alerts' lock until this transaction ends; False if another process holds it."""
    locked = text("SELECT pg_try_advisory_xact_lock(:key)")
    return bool(session.scalar(locked, {"key": AdvisoryLock.ALERTS.value}))


def update_alerts(session: Session, standing: Iterable[Standing]) -> None:
    """Opens new alerts, closes those that are over, deletes those that ended a week ago."""
    found = {(one.kind, one.subject): one for one in standing}
    here = tuple_(Alert.kind, Alert.subject)
    over = update(Alert).where(Alert.closed_at.is_(None), here.not_in(list(found)))
    session.execute(over.values(closed_at=func.now()))
    if found:
        session.execute(_opened(list(found.values())))
    session.execute(delete(Alert).where(Alert.closed_at < func.now() - KEPT))


def take_due(session: Session) -> list[Alert]:
    """The alerts to send to phones now, which then count as sent.

    In quiet hours there are none; those still open afterwards are due then.
    """
    settings, now = read_settings(session), engine.now(session)
    if is_quiet(settings, now):
        return []
    again = now - timedelta(minutes=settings.alert_again_minutes)
    due = select(Alert).where(is_unseen(), _is_due(again)).order_by(Alert.id).with_for_update()
    alerts = list(session.scalars(due.execution_options(populate_existing=True)))
    for alert in alerts:
        alert.pushes += 1
        alert.pushed_at = now
    session.flush()
    return alerts


def open_alerts(session: Session) -> Sequence[Alert]:
    """The open alerts that were not seen, the oldest first."""
    return session.scalars(select(Alert).where(is_unseen()).order_by(Alert.opened_at)).all()


def recent_alerts(session: Session, most: int = 30) -> Sequence[Alert]:
    """The alerts that were seen or are over, the latest first."""
    return session.scalars(
        select(Alert).where(~is_unseen()).order_by(Alert.id.desc()).limit(most)
    ).all()


def count_troubles(session: Session) -> int:
    """How many open alerts are troubles of ours: orders and people have badges of their own."""
    ours = select(func.count()).where(is_unseen(), Alert.kind.not_in(BY_CUSTOMERS))
    return session.scalar(ours) or 0


def mark_alerts_seen(session: Session, somebody: Staff, alert_id: int | None = None) -> int:
    """Marks one alert, or all, as seen, so that they are not sent again; returns how many."""
    mine = update(Alert).where(is_unseen())
    if alert_id is not None:
        mine = mine.where(Alert.id == alert_id)
    done = session.execute(
        mine.values(seen_at=func.now(), seen_by=somebody.name).returning(Alert.id)
    )
    return len(done.all())


def _opened(standing: Sequence[Standing]) -> Insert:
    """One statement for all. An alert that comes back is new, with the exception above."""
    rows = [vars(one) for one in standing]
    put = insert(Alert).values(rows)
    is_new = and_(
        Alert.closed_at.is_not(None),
        or_(Alert.kind.in_(BY_CUSTOMERS), Alert.closed_at < func.now() - SAME_TROUBLE),
    )

    def fresh(column: object, value: object) -> object:
        return case((is_new, value), else_=column)

    return put.on_conflict_do_update(
        index_elements=["kind", "subject"],
        set_={
            "words": put.excluded.words,
            "place": put.excluded.place,
            "closed_at": None,
            "opened_at": fresh(Alert.opened_at, func.now()),
            "seen_at": fresh(Alert.seen_at, None),
            "seen_by": fresh(Alert.seen_by, None),
            "pushes": fresh(Alert.pushes, 0),
            "pushed_at": fresh(Alert.pushed_at, None),
            "told_at": fresh(Alert.told_at, None),
        },
    )


def is_unseen() -> ColumnElement[bool]:
    """The SQL condition that an alert is open and nobody has seen it."""
    return and_(Alert.closed_at.is_(None), Alert.seen_at.is_(None))


def _is_due(again: datetime) -> ColumnElement[bool]:
    return or_(Alert.pushes == 0, and_(Alert.pushed_at <= again, Alert.pushes < MOST_PUSHES))
