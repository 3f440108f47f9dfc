"""The addresses that customers gave before; nobody sees another's."""

import re
from collections.abc import Sequence

from sqlalchemy import ColumnElement, ColumnExpressionArgument, Select, Text, func, literal, select
from sqlalchemy.orm import Session

from shop.fulfilment.addresses import Address
from storage.models import CustomerAddress, UserProfile

# A list message has ten rows; one is for a new address.
MOST_SHOWN = 9
# The most addresses of one customer; the one that was used longest ago is deleted.
MOST_KEPT = 50
_KEY = re.compile(r"[0-9]{1,18}")  # what fits into a bigint


def own_addresses(
    session: Session, customer: UserProfile | None, most: int = MOST_SHOWN
) -> Sequence[CustomerAddress]:
    """The customer's addresses, the one used last first."""
    if customer is None:
        return []
    query = select(CustomerAddress).where(CustomerAddress.customer_id == customer.id)
    query = query.order_by(CustomerAddress.last_used_at.desc(), CustomerAddress.id.desc())
    return session.scalars(query.limit(most)).all()


def find_own_address(
    session: Session, customer: UserProfile | None, key: str | int
) -> Address | None:
    """The customer's own address with this id; None for another customer's."""
    if customer is None or not _KEY.fullmatch(str(key)):
        return None
    query = select(CustomerAddress).where(
        CustomerAddress.id == int(key), CustomerAddress.customer_id == customer.id
    )
    found = session.scalars(query).first()
    return as_address(found) if found else None


def remember_address(session: Session, customer: UserProfile, address: Address) -> CustomerAddress:
    """Stores an address as the one used last; equal words are the same address.

    A new point or postcode replaces the stored one.
    """
    kept = session.scalars(_same(customer, address)).first()
    if kept is None:
        _make_room(session, customer)
        kept = CustomerAddress(customer_id=customer.id, text=address.text)
        session.add(kept)
    kept.postcode = address.postcode or kept.postcode
    if address.has_point:
        kept.latitude, kept.longitude = address.latitude, address.longitude
    kept.last_used_at = func.clock_timestamp()
    session.flush()
    return kept


def as_address(row: CustomerAddress) -> Address:
    """A saved address in the form for an order."""
    return Address(row.text, row.postcode, row.latitude, row.longitude)


def _make_room(session: Session, customer: UserProfile) -> None:
    for old in own_addresses(session, customer, MOST_KEPT + 10)[MOST_KEPT - 1 :]:
        session.delete(old)


def _same(customer: UserProfile, address: Address) -> Select[tuple[CustomerAddress]]:
    """The customer's address in the same words, however they are spaced and punctuated."""
    theirs = CustomerAddress.customer_id == customer.id
    same_words = _folded(CustomerAddress.text) == _folded(literal(address.text, Text()))
    return select(CustomerAddress).where(theirs, same_words)


def _folded(text: ColumnExpressionArgument[str]) -> ColumnElement[str]:
    return func.lower(func.regexp_replace(text, r"[\s,.]+", " ", "g"))
