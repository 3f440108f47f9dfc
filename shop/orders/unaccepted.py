"""Orders that nobody has accepted in time: staff are reminded, or the order is cancelled."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, literal_column, or_, select
from sqlalchemy.orm import Session

from shop.opening.reading import read_schedule, read_settings
from shop.opening.schedule import Schedule
from shop.orders.news import UNACCEPTED
from shop.orders.order_status import cancel_unaccepted
from storage import engine
from storage.models import Order, ShopSettings

# The most orders in one go.
MOST = 100


@dataclass(frozen=True)
class Overdue:
    """The result: orders that staff are reminded of, and those that were cancelled."""

    reminded: list[Order] = field(default_factory=list)
    cancelled: list[Order] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.reminded) + len(self.cancelled)


def is_unaccepted() -> ColumnElement[bool]:
    """The SQL condition that an order waits for staff to accept it, as the partial index says."""
    return Order.accepted_at.is_(None) & (Order.status == literal_column("'pending'"))


def settle_unaccepted(session: Session) -> Overdue:
    """Reminds of orders that have waited too long, or cancels them; only opening hours count.

    A reminder (`reminded_at`) is repeated each time the same time has passed.
    """
    settings = read_settings(session)
    done = Overdue()
    if settings.accepts_orders != "by_staff":
        return done
    now = engine.now(session)
    schedule = read_schedule(session, settings, now)
    for order in _waiting(session, settings, now):
        since = order.reminded_at or order.created_at
        if time_waited(schedule, since, now) < timedelta(minutes=settings.accept_within_minutes):
            continue
        if settings.when_unaccepted == "cancel":
            cancel_unaccepted(session, order, UNACCEPTED)
            done.cancelled.append(order)
        else:
            order.reminded_at = now
            done.reminded.append(order)
    session.flush()
    return done


def time_waited(schedule: Schedule, since: datetime, now: datetime) -> timedelta:
    """How long staff could have accepted an order, counted in opening hours."""
    return schedule.time_open(since, now)


def _waiting(session: Session, settings: ShopSettings, now: datetime) -> Sequence[Order]:
    """Orders that may have waited too long, oldest first; skips orders that somebody has locked."""
    until = now - timedelta(minutes=settings.accept_within_minutes)
    query = select(Order).where(
        is_unaccepted(),
        Order.created_at <= until,
        or_(Order.reminded_at.is_(None), Order.reminded_at <= until),
    )
    query = query.order_by(Order.created_at).limit(MOST)
    query = query.with_for_update(skip_locked=True).execution_options(populate_existing=True)
    return session.scalars(query).all()
