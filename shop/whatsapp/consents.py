"""Customers' consents to two kinds of messages: news of their orders, and offers.

STOP ends both, START begins both again. WhatsApp's own menu changes offers alone. For an order that
a customer places after STOP the news is sent: the customer asked for it.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ScalarSelect, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import InstrumentedAttribute, Session

from storage.models import Consent, Order, Topic, UserProfile

BY_MESSAGE, BY_WHATSAPP = "message", "whatsapp"
BOTH: tuple[Topic, ...] = ("news", "offers")
# The number of decisions that a profile shows.
SHOWN = 10


def record_consent(
    session: Session,
    customer_id: UUID,
    topics: Sequence[Topic],
    *,
    wants: bool,
    way: str,
    cause: str,
    words: str | None = None,
    given_at: datetime | None = None,
) -> None:
    """Stores a decision, once for each `cause`; `given_at` defaults to now."""
    for topic in topics:
        values: dict[str, Any] = {
            "customer_id": customer_id,
            "topic": topic,
            "wants": wants,
            "way": way,
            "words": words or None,
            "cause": cause,
        }
        if given_at:
            values["given_at"] = given_at
        session.execute(insert(Consent).values(values).on_conflict_do_nothing())


def read_consents(session: Session, customer: UserProfile) -> list[Consent]:
    """The customer's decisions, the newest first."""
    query = select(Consent).where(Consent.customer_id == customer.id)
    newest = query.order_by(Consent.given_at.desc(), Consent.id.desc()).limit(SHOWN)
    return list(session.scalars(newest))


def stopped_at(customer_id: InstrumentedAttribute[UUID]) -> ScalarSelect[datetime]:
    """An SQL expression: when the row's customer last said STOP; NULL if never."""
    return (
        select(Consent.given_at)
        .where(Consent.customer_id == customer_id, Consent.topic == "news", ~Consent.wants)
        .order_by(Consent.given_at.desc())
        .limit(1)
        .scalar_subquery()
    )


def is_news_welcome(customer: UserProfile, order: Order, stopped: datetime | None) -> bool:
    """Whether the customer may get the news of this order; `stopped` comes from `stopped_at`."""
    if customer.subscription != "unsubscribed":
        return True
    return stopped is not None and order.created_at > stopped


def read_stop(session: Session, customer: UserProfile) -> datetime | None:
    """When this customer last said STOP; None if never."""
    query = select(Consent.given_at).where(
        Consent.customer_id == customer.id, Consent.topic == "news", ~Consent.wants
    )
    return session.scalar(query.order_by(Consent.given_at.desc()).limit(1))
