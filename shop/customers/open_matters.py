"""A customer's open matters, read in a turn's first query, so that later queries can be skipped.

A new matter needs a name and a line of READ_OPEN; code that queries one calls `may_be_open` first.
"""

from collections.abc import Iterable
from typing import Literal

from sqlalchemy.orm import Session

# ticket: one of the last day is not closed. shortage: a question about an item that ran out is open
# (shop/orders/shortages). kept_cart: a cart waits for the shop to open (shop/carts/kept_carts.py).
Matter = Literal["ticket", "shortage", "kept_cart"]

# The names of the matters, as an expression for a query with a row `customer` of user_profiles.
READ_OPEN = """
    array_remove(ARRAY[
        CASE WHEN EXISTS (SELECT FROM tickets AS ticket WHERE ticket.customer_id = customer.id
            AND ticket.status <> 'closed' AND ticket.created_at > now() - interval '24 hours')
        THEN 'ticket' END,
        CASE WHEN EXISTS (SELECT FROM shortages JOIN orders USING (order_id)
            WHERE shortages.state = 'open' AND coalesce(orders.customer_id = customer.id,
                orders.customer_phone = customer.whatsapp_phone))
        THEN 'shortage' END,
        CASE WHEN EXISTS (SELECT FROM kept_carts WHERE kept_carts.customer_id = customer.id)
        THEN 'kept_cart' END], NULL)"""

_KEY = "open_matters"


def note_open_matters(session: Session, matters: Iterable[Matter]) -> None:
    """Stores in a turn's Session which matters were open when the turn began."""
    session.info[_KEY] = set(matters)


def begin_matter(session: Session, matter: Matter) -> None:
    """Notes that the matter is open from now on."""
    session.info.get(_KEY, set()).add(matter)


def may_be_open(session: Session, matter: Matter) -> bool:
    """False only if the turn's first query did not find the matter; outside turns always True."""
    return matter in session.info.get(_KEY, {matter})
