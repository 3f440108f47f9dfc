"""Finding orders by number, phone, name or address: the newest first, then by indexes of parts.

Frequent words are found among the newest orders without an index; rare ones are fast with an index.
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


def customer_name() -> ColumnElement[str | None]:
    """The name of an order's customer."""
    whose = UserProfile.id == Order.customer_id
    named = select(UserProfile.display_name).where(whose).correlate(Order)
    return named.scalar_subquery()


def matches_order(wanted: str) -> ColumnElement[bool]:
    """The condition that an order, its customer's name or its address holds what is wanted."""
    found = [
        Order.order_id.icontains(wanted, autoescape=True),
        customer_name().icontains(wanted, autoescape=True),
        _holds_address(wanted),
    ]
    if digits := customer_search.digits_in(wanted):
        found += [
            Order.customer_phone.contains(digits),
            Order.order_id.contains(digits),
        ]
    return or_(*found)


def is_long_enough(wanted: str) -> bool:
    """Whether the indexes can find it; one or two letters are looked for among the newest alone."""
    return bool(customer_search.words_in(wanted))


def is_new_enough(session: Session) -> ColumnElement[bool]:
    """The condition that an order is one of the newest."""
    newest = select(Order.created_at).order_by(Order.created_at.desc())
    since = session.scalar(newest.offset(NEWEST).limit(1))
    return Order.created_at >= since if since else true()


def candidate_orders(wanted: str) -> CompoundSelect[tuple[str]]:
    """The numbers of all orders that may match."""
    words = customer_search.words_in(wanted)
    said = Order.order_id.op("||")(text("' '")).op("||")(
        func.coalesce(Order.customer_phone, text("''"))
    )
    by_order = or_(*(func.search_parts(said).op("@>")(func.search_parts(w)) for w in words))
    by_name = Order.customer_id.in_(customer_search.customers_named(words))
    by_address = and_(Order.address.is_not(None), *_address_parts(wanted))
    return union(*(select(Order.order_id).where(one) for one in (by_order, by_name, by_address)))


def _holds_address(wanted: str) -> ColumnElement[bool]:
    """The condition that each word stands in the address: `road indiranagar`, `mg 560001`.

    A PIN code may be written with a blank: `560 001`.
    """
    said = _address_text()
    words = (said.icontains(word, autoescape=True) for word in _address_words(wanted))
    return and_(Order.address.is_not(None), *words)


def _address_parts(wanted: str) -> list[ColumnElement[bool]]:
    """What the index orders_address finds: the parts of words that are long enough."""
    words = [word for word in _address_words(wanted) if customer_search.words_in(word)]
    parts = func.search_parts(_address_text())
    return [parts.op("@>")(func.search_parts(word)) for word in words] or [false()]


def _address_text() -> ColumnElement[str]:
    """Words and PIN code of an address, as the index has them (storage/migrations/online.py)."""
    text_of = func.coalesce(Order.address.op("->>")(text("'text'")), text("''"))
    postcode = func.coalesce(Order.address.op("->>")(text("'postcode'")), text("''"))
    return text_of.op("||")(text("' '")).op("||")(postcode)


def _address_words(wanted: str) -> list[str]:
    return _SPLIT_PIN.sub(r"\1\2", wanted).split()
