"""Queues the messages to the shop's alarm phone, each once."""

import psycopg

from shop.alerts.alarm_phone import due_alert_messages
from shop.orders.alarms import due_alarms
from shop.whatsapp.bodies import Template
from storage import engine
from trays import turn_end


def raise_alarms(template: Template | None) -> int:
    """Queues a message for each order or person that has waited too long and each unseen alert;
    returns how many."""
    with engine.session() as session:
        messages = due_alarms(session, template) + due_alert_messages(session, template)
        session.flush()
        connection: psycopg.Connection = engine.driver(session)
        return sum(
            turn_end.queue_reply(connection, message.receiver.id, message.body)
            for message in messages
        )
