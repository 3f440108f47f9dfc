"""The profile of the current customer."""

import uuid

from sqlalchemy.orm import Session

from storage.models import UserProfile


def find_customer(session: Session, customer_id: str) -> UserProfile | None:
    """The customer with our own id; None for a conversation without one (shell, REST)."""
    try:
        return session.get(UserProfile, uuid.UUID(customer_id))
    except ValueError:
        return None
