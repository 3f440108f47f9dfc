"""Who is being served."""

import uuid

from sqlalchemy.orm import Session

from storage.models import UserProfile
from storage.models.customers import Subscription


def find(session: Session, customer_id: str) -> UserProfile | None:
    """The customer with our own id; None for a conversation without one (shell, REST)."""
    try:
        return session.get(UserProfile, uuid.UUID(customer_id))
    except ValueError:
        return None


def set_subscription(customer: UserProfile | None, subscription: Subscription, cause: str) -> bool:
    """Subscribes or unsubscribes; True when the message `cause` changed anything, now or before."""
    if customer is None:
        return False
    if customer.subscription != subscription:
        customer.subscription, customer.subscription_cause = subscription, cause
    return customer.subscription_cause == cause
