"""Reads what happened to a customer's orders, to show it among the messages."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from console.orders.cards import Card
from console.orders.history import describe_change
from storage.models import AuditEntry


@dataclass(frozen=True)
class OrderStep:
    """One thing that happened to an order; `who` did it, "" for the customer."""

    at: datetime
    order_id: str
    who: str
    what: str


def read_order_steps(
    session: Session, cards: Sequence[Card], since: datetime, until: datetime | None = None
) -> list[OrderStep]:
    """What happened to these orders between `since` and `until`."""
    steps = [
        OrderStep(card.order.created_at, card.order.order_id, "", ", ".join(card.lines))
        for card in cards
    ]
    numbers = [card.order.order_id for card in cards]
    moves = select(AuditEntry).where(AuditEntry.subject.in_(numbers), AuditEntry.at >= since)
    for entry in session.scalars(moves) if numbers else ():
        what = describe_change(entry)
        steps.append(OrderStep(entry.at, entry.subject, entry.staff_name, what))
    return [step for step in steps if since <= step.at and (until is None or step.at < until)]
