"""Finds orders by number, phone, name or address: first the newest, then by indexes.

Frequent words are found among the newest orders without an index; for rare ones the index is fast.
"""

import re

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    and_,
    false,
    func,
    or_,
    select,
    text,
    true,
    union,
)
from sqlalchemy.orm import Session

from shop.customers import customer_search
from storage.models import Order, UserProfile

NEWEST = 1_000
_SPLIT_PIN = re.compile(r"\b([1-9][0-9]{2}) ([0-9]{3})\b")


def query_customer_name() -> ColumnElement[str | None]:
    """A subquery for the name of an order's customer."""
    whose = UserProfile.id == Order.customer_id
    named = select(UserProfile.display_name).where(whose).correlate(Order)
    return named.scalar_subquery()


def matches_order(wanted: str) -> ColumnElement[bool]:
    """The condition that an order's number, phone, customer's name or address fits the search."""
    found = [
        Order.order_id.icontains(wanted, autoescape=True),
        query_customer_name().icontains(wanted, autoescape=True),
        _holds_address(wanted),
    ]
    if digits := customer_search.digits_in(wanted):
        found += [
            Order.customer_phone.contains(digits),
            Order.order_id.contains(digits),
        ]
    return or_(*found)


def is_long_enough(wanted: str) -> bool:
    """Whether the indexes can be used; one or two letters are only searched among the newest."""
    return bool(customer_search.words_in(wanted))


def is_new_enough(session: Session) -> ColumnElement[bool]:
    """The condition that an order is one of the newest."""
    newest = select(Order.created_at).order_by(Order.created_at.desc())
    since = session.scalar(newest.offset(NEWEST).limit(1))
    return Order.created_at >= since if since else true()


def candidate_orders(wanted: str) -> CompoundSelect[tuple[str]]:
    """A query by the indexes for the numbers of all orders that may match."""
    words = customer_search.words_in(wanted)
    said = Order.order_id.op("||")(text("' '")).op("||")(
        func.coalesce(Order.customer_phone, text("''"))
    )
    by_order = or_(*(func.search_parts(said).op("@>")(func.search_parts(w)) for w in words))
    by_name = Order.customer_id.in_(customer_search.customers_named(words))
    by_address = and_(Order.address.is_not(None), *_address_parts(wanted))
    return union(*(select(Order.order_id).where(one) for one in (by_order, by_name, by_address)))


def _holds_address(wanted: str) -> ColumnElement[bool]:
    """The condition that the address has each word: `road indiranagar`, `mg 560001`.

    A PIN code may have a blank: `560 001`.
    """
    said = _address_text()
    words = (said.icontains(word, autoescape=True) for word in _address_words(wanted))
    return and_(Order.address.is_not(None), *words)


def _address_parts(wanted: str) -> list[ColumnElement[bool]]:
    """Conditions that the index orders_address can use: for words that are long enough."""
    words = [word for word in _address_words(wanted) if customer_search.words_in(word)]
    parts = func.search_parts(_address_text())
    return [parts.op("@>")(func.search_parts(word)) for word in words] or [false()]


def _address_text() -> ColumnElement[str]:
    """Text and PIN code of an address, literally as in the index (storage/migrations/online.py)."""
    text_of = func.coalesce(Order.address.op("->>")(text("'text'")), text("''"))
    postcode = func.coalesce(Order.address.op("->>")(text("'postcode'")), text("''"))
    return text_of.op("||")(text("' '")).op("||")(postcode)


def _address_words(wanted: str) -> list[str]:
    return _SPLIT_PIN.sub(r"\1\2", wanted).split()
