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


def set_subscription(customer: UserProfile | None, subscription: Subscription) -> bool:
    """Subscribes or unsubscribes; True when that changed anything."""
    if customer is None or customer.subscription == subscription:
        return False
    customer.subscription = subscription
    return True
