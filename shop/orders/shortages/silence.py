"""Calls a person about questions that the customer does not answer."""

from datetime import timedelta

from sqlalchemy import func, literal_column, select
from sqlalchemy.orm import Session

from shop.opening.reading import read_schedule, read_settings
from shop.orders.due_news import is_customer_of_order
from shop.orders.order_status import OPEN
from shop.orders.shortages.calls import call_about
from shop.orders.shortages.lines import line_now
from shop.orders.unaccepted import time_waited
from storage import engine
from storage.models import Order, Shortage, UserProfile

# The most questions in one go.
MOST = 100


def settle_unanswered(session: Session) -> int:
    """Calls a person for each question that has waited too long, once; returns how many.

    Too long: longer than staff may take to accept an order, in opening hours. Questions about
    what is not on the order any more are closed.
    """
    settings, now = read_settings(session), engine.now(session)
    patience = timedelta(minutes=settings.accept_within_minutes)
    schedule = read_schedule(session, settings, now)
    query = (
        select(Shortage, Order, UserProfile)
        .join(Order, Order.order_id == Shortage.order_id)
        .join(UserProfile, is_customer_of_order())
        .where(
            # As the partial index says it.
            Shortage.state == literal_column("'open'"),
            Shortage.ticket_id.is_(None),
            Shortage.created_at <= now - patience,
            Order.status.in_(OPEN),
        )
        .order_by(Shortage.id)
        .limit(MOST)
        .with_for_update(of=Shortage, skip_locked=True)
    )
    called = 0
    for shortage, order, customer in session.execute(query).tuples().all():
        if time_waited(schedule, shortage.created_at, now) < patience:
            continue
        line = line_now(session, shortage, order)
        if line is None:
            shortage.state, shortage.answered_at = "outdated", func.now()
            continue
        why = f"{order.order_id}: no answer about {line.said}, which ran out"
        call_about(session, shortage, customer, why)
        called += 1
    session.flush()
    return called
