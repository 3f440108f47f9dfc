"""Hands a conversation to a person; until it is handed back or expires, the bot is silent."""

from datetime import datetime, timedelta

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from storage.models import UserProfile

# After this time a conversation goes back to the bot by itself.
UNTIL_BACK = timedelta(hours=2)

# Withdraws the bot's queued messages; those of a person have no cause.
_WITHDRAW = text("""
    UPDATE whatsapp_messages SET status = 'withdrawn', failure_reason = 'a person took over'
    WHERE customer_id = :customer AND direction = 'outgoing' AND status = 'queued'
        AND cause_id IS NOT NULL
""")


def take_over(
    session: Session, customer: UserProfile, person: str, how_long: timedelta = UNTIL_BACK
) -> None:
    """Gives the conversation to a person; the bot's queued messages are withdrawn.

    A running turn notices it at its own commit (`lock_customer`).
    """
    lock_customer(session, customer)
    customer.handed_over_until = session.scalar(select(func.now() + how_long))
    customer.handed_over_to = person
    session.flush()
    session.execute(_WITHDRAW, {"customer": customer.id})


def hand_back(session: Session, customer: UserProfile) -> None:
    """Gives the conversation back to the bot."""
    lock_customer(session, customer)
    customer.handed_over_until = customer.handed_over_to = None


def lock_customer(session: Session, customer: UserProfile) -> UserProfile:
    """The customer's current row, locked until this transaction ends.

    The lock lets others refer to the row's key, as queueing a message does while it holds the lane.
    """
    session.refresh(customer, with_for_update={"key_share": True})
    return customer


def is_with_person(customer: UserProfile, now: datetime) -> bool:
    """Whether a person has the conversation at this time."""
    return customer.handed_over_until is not None and customer.handed_over_until > now
