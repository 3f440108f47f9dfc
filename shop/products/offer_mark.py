"""Caches a value that is computed from all products until one of them changes.

With a thousand products, reading them takes longer than the rest of a customer's turn.
"""

from collections.abc import Callable
from typing import Generic, TypeVar
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from shop.products.catalogue import forget_products
from storage.row_marks import mark_of_rows

Made = TypeVar("Made")

_TABLES = ("products", "categories", "options", "option_groups", "product_option_groups")
_MARK = text(f"SELECT concat_ws(' ', {', '.join(map(mark_of_rows, _TABLES))})")


def offer_mark(session: Session) -> str:
    """A mark that changes whenever a product, a category or an option does."""
    session.flush()
    return str(session.scalar(_MARK))


class KeptOffer(Generic[Made]):
    """The last computed value for each database that this process works with."""

    def __init__(self, make: Callable[[Session], Made]) -> None:
        self._make = make
        self._kept: WeakKeyDictionary[Engine, tuple[str, Made]] = WeakKeyDictionary()

    def current(self, session: Session) -> Made:
        """The value for the products that the session sees now."""
        engine, mark = session.get_bind().engine, offer_mark(session)
        kept = self._kept.get(engine)
        if kept and kept[0] == mark:
            return kept[1]
        # The transaction may have read products before the mark.
        forget_products(session)
        made = self._make(session)
        self._kept[engine] = (mark, made)
        return made
