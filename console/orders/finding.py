"""Finding orders by number, phone or name: among the newest first, then by the indexes of parts.

Frequent words are found among the newest orders without an index; rare ones are fast with an index.
"""

from sqlalchemy import ColumnElement, CompoundSelect, func, or_, select, text, true, union
from sqlalchemy.orm import Session

from shop.customers import customer_search
from storage.models import Order, UserProfile

NEWEST = 1_000


def customer_name() -> ColumnElement[str | None]:
    """The name of an order's customer."""
    whose = UserProfile.id == Order.customer_id
    named = select(UserProfile.display_name).where(whose).correlate(Order)
    return named.scalar_subquery()


def matches_order(wanted: str) -> ColumnElement[bool]:
    """The condition that an order, or its customer's name, holds what is wanted."""
    found = [
        Order.order_id.icontains(wanted, autoescape=True),
        customer_name().icontains(wanted, autoescape=True),
    ]
    if digits := customer_search.digits_in(wanted):
        found += [Order.customer_phone.contains(digits), Order.order_id.contains(digits)]
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
    by_name = Order.customer_id.in_(customer_search.named(words))
    return union(select(Order.order_id).where(by_order), select(Order.order_id).where(by_name))
