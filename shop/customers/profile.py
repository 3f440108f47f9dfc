"""The profile of the current customer."""

import uuid

from sqlalchemy.orm import Session

from shop.customers import unclear
from shop.whatsapp import consents
from storage.models import UserProfile
from storage.models.customers import Subscription


def find_customer(session: Session, customer_id: str) -> UserProfile | None:
    """The customer with our own id; None for a conversation without one (shell, REST)."""
    try:
        return session.get(UserProfile, uuid.UUID(customer_id))
    except ValueError:
        return None


def set_subscription(
    session: Session,
    customer: UserProfile | None,
    subscription: Subscription,
    cause: str,
    words: str | None = None,
) -> bool:
    """Subscribes or unsubscribes; True if the message `cause` changed it, now or in an earlier try.

    The decision is stored with its `words`. A second STOP is stored too, since it also ends the
    news of orders placed after the first.

    Deletes the training messages of a customer who unsubscribes.
    """
    if customer is None:
        return False
    stops = subscription == "unsubscribed"
    if stops or customer.subscription != subscription:
        consents.record_consent(
            session,
            customer.id,
            consents.BOTH,
            wants=not stops,
            way=consents.BY_MESSAGE,
            cause=cause,
            words=words,
        )
    if customer.subscription != subscription:
        customer.subscription, customer.subscription_cause = subscription, cause
        if stops:
            unclear.forget_unclear(session, customer)
    return customer.subscription_cause == cause
