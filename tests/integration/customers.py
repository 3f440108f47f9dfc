"""Adds customers to the database of a test."""

from typing import Any

from sqlalchemy.orm import Session

from storage.models import UserProfile


def add_customer(session: Session, phone: str = "919800000001", **more: Any) -> UserProfile:
    """A new customer in the session's transaction."""
    customer = UserProfile(whatsapp_phone=phone, **more)
    session.add(customer)
    session.flush()
    return customer


def store_customer(session: Session, phone: str = "919800000001", **more: Any) -> UserProfile:
    """A new customer, committed with all else, so that actions and other connections find them."""
    customer = add_customer(session, phone, **more)
    session.commit()
    return customer
