"""Finds the order that a ticket is about: the one that its words name, else the latest."""

import re
from datetime import timedelta

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from storage.models import Order, UserProfile

# A ticket is unlikely to be about an older order.
RECENT = timedelta(hours=24)
_DIGITS = re.compile(r"\d{3,12}")


def find_ticket_order(session: Session, customer: UserProfile | None, words: str) -> str | None:
    """The number of the customer's own order that is named in the words, else of their latest one
    within a day; None if there is none."""
    if customer is None:
        return None
    named = [f"ORD-{digits}" for digits in _DIGITS.findall(words)]
    if named and (
        found := session.scalars(_own(customer).where(Order.order_id.in_(named))).first()
    ):
        return found
    recent = _own(customer).where(Order.created_at > func.now() - RECENT)
    return session.scalars(recent).first()


def _own(customer: UserProfile) -> Select[tuple[str]]:
    mine = Order.customer_id == customer.id
    return select(Order.order_id).where(mine).order_by(Order.created_at.desc()).limit(1)
