"""Queues the news of orders, each in one transaction with the decision about it."""

from datetime import datetime
from typing import Any

import psycopg
from sqlalchemy.orm import Session

from shop.opening.reading import read_settings
from shop.orders import due_news
from shop.orders.news import BESIDE_STATUS
from shop.orders.shortages import asking
from shop.whatsapp.bodies import Template
from shop.whatsapp.notice_templates import Choice, choose_template
from storage import engine
from storage.models import Notice, ShopSettings
from trays import turn_end

# When the next of the notices that `shop.orders.due_news.due_notices` finds is due; cheaper than
# finding them.
NEXT_DUE = b"""
SELECT extract(epoch FROM min(due) - clock_timestamp())::double precision
FROM (
    SELECT CASE WHEN notice.state = 'waiting' THEN notice.not_before
        WHEN customer.last_interaction >= date_trunc('second', notice.updated_at)
            THEN notice.updated_at END AS due
    FROM order_notices AS notice
    LEFT JOIN orders USING (order_id)
    LEFT JOIN user_profiles AS customer ON customer.id = coalesce(orders.customer_id,
        (SELECT id FROM user_profiles WHERE whatsapp_phone = orders.customer_phone))
    WHERE notice.state IN ('waiting', 'held')) AS notices
"""


async def next_due(connection: psycopg.AsyncConnection[Any]) -> float | None:
    """The seconds until the next notice is due; None without one."""
    row = await (await connection.execute(NEXT_DUE)).fetchone()
    return row[0] if row else None


def notify_customers(template: Template | None) -> int:
    """Decides on every notice that is due; returns how many were queued.

    `template` is for notices for which none is chosen in the console.
    """
    with engine.session() as session:
        now, settings = engine.now(session), read_settings(session)
        decided = [
            (due, _decide(session, due, now, template, settings))
            for due in due_news.due_notices(session)
        ]
        for due, decision in decided:
            due_news.settle_notice(session, due.notice, decision)
        session.flush()
        return sum(_queue(session, due, decision) for due, decision in decided)


def _decide(
    session: Session,
    due: due_news.Due,
    now: datetime,
    template: Template | None,
    settings: ShopSettings,
) -> due_news.Decision:
    choice = _choice(session, due, template)
    if due.notice.status in BESIDE_STATUS:
        return asking.decide_question(session, due, now, choice)
    return due_news.decide_notice(due, now, choice, settings)


def _choice(session: Session, due: due_news.Due, template: Template | None) -> Choice:
    """The template for a notice outside the 24 hours."""
    kind: Notice = "acceptance" if due.notice.status == "confirmed" else "order_news"
    language = due.customer.language if due.customer else None
    return choose_template(session, kind, template, language)


def _queue(session: Session, due: due_news.Due, decision: due_news.Decision) -> bool:
    if decision.body is None or due.customer is None:
        return False
    connection: psycopg.Connection = engine.driver(session)
    turn_end.queue_reply(connection, due.customer.id, decision.body)
    return True
