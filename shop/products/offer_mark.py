"""Keeps what is made of all products until one of them changes.

With a thousand products, reading them takes longer than the rest of a customer's turn.
"""

from collections.abc import Callable
from typing import Generic, TypeVar
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from shop.products.catalogue import forget_products

Made = TypeVar("Made")

# Every change of a row, by whomever and also within this transaction, gives it a new xmin or
# another place (ctid).
_MARK = text("""
    SELECT concat_ws(' ',
        (SELECT md5(string_agg(concat_ws(',', id, xmin, ctid), ' ' ORDER BY id)) FROM products),
        (SELECT md5(string_agg(concat_ws(',', id, xmin, ctid), ' ' ORDER BY id)) FROM categories),
        (SELECT md5(string_agg(concat_ws(',', id, xmin, ctid), ' ' ORDER BY id)) FROM options),
        (SELECT md5(string_agg(concat_ws(',', id, xmin, ctid), ' ' ORDER BY id))
            FROM option_groups),
        (SELECT md5(string_agg(concat_ws(',', sku, group_id, xmin, ctid), ' '
            ORDER BY sku, group_id)) FROM product_option_groups))
""")


def offer_mark(session: Session) -> str:
    """Differs as soon as a product, a category or an option does."""
    session.flush()
    return str(session.scalar(_MARK))


class KeptOffer(Generic[Made]):
    """What was last made of the products of each database this process works with."""

    def __init__(self, make: Callable[[Session], Made]) -> None:
        self._make = make
        self._kept: WeakKeyDictionary[Engine, tuple[str, Made]] = WeakKeyDictionary()

    def current(self, session: Session) -> Made:
        """What is made of the products as the session sees them now."""
        engine, mark = session.get_bind().engine, offer_mark(session)
        kept = self._kept.get(engine)
        if kept and kept[0] == mark:
            return kept[1]
        # What this transaction has read may be older than the mark.
        forget_products(session)
        made = self._make(session)
        self._kept[engine] = (mark, made)
        return made
