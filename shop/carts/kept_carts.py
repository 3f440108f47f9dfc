"""Carts that were refused since the shop was closed or paused, kept for a day."""

from datetime import timedelta
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from storage.models import KeptCart, UserProfile

KEPT_FOR = timedelta(hours=24)


def keep_cart(
    session: Session, customer: UserProfile | None, cart: dict[str, Any], terms: dict[str, Any]
) -> None:
    """Stores the cart and its terms, replacing an earlier one; does nothing without a customer."""
    if customer is None:
        return
    kept = {"cart": cart, "terms": terms, "kept_at": func.clock_timestamp()}
    session.execute(
        insert(KeptCart)
        .values(customer_id=customer.id, **kept)
        .on_conflict_do_update(index_elements=["customer_id"], set_=kept)
    )


def find_kept_cart(session: Session, customer: UserProfile | None) -> KeptCart | None:
    """The customer's cart of the last 24 hours."""
    if customer is None:
        return None
    recent = KeptCart.kept_at > func.clock_timestamp() - KEPT_FOR
    return session.scalars(
        select(KeptCart).where(KeptCart.customer_id == customer.id, recent)
    ).first()


def forget_kept_cart(session: Session, customer: UserProfile | None) -> None:
    """Deletes the kept cart: it is open again, placed or no longer wanted."""
    if customer is not None:
        session.execute(delete(KeptCart).where(KeptCart.customer_id == customer.id))
