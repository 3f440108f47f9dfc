"""Puts the news of orders into the out tray, each in one transaction with what was decided."""

import psycopg
from sqlalchemy.orm import Session

from shop import notices
from shop.bodies import Template
from storage import engine
from trays import inbox


def notify(template: Template | None) -> int:
    """Decides on every notice that is due; returns how many were queued."""
    with engine.session() as session:
        now = engine.now(session)
        decided = [(due, notices.decide(due, now, template)) for due in notices.due(session)]
        for due, decision in decided:
            notices.settle(session, due.notice, decision)
        session.flush()
        return sum(_queue(session, due, decision) for due, decision in decided)


def _queue(session: Session, due: notices.Due, decision: notices.Decision) -> bool:
    if decision.body is None or due.customer is None:
        return False
    connection: psycopg.Connection = engine.driver(session)
    inbox.enqueue(connection, due.customer.id, decision.body)
    return True
