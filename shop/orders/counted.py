"""Which orders count, wherever orders and sales are counted: the board, Numbers and the export.

An order counts on the day of the shop on which it was placed, unless it is cancelled. Its sale is
what its customer pays, delivery included. A cancelled order counts nowhere, however late it was
cancelled: it is listed separately, as cancelled. shop/figures.sql has the same condition.
"""

from sqlalchemy import ColumnElement

from storage.models import Order


def is_counted() -> ColumnElement[bool]:
    """The SQL condition for orders that count."""
    return Order.status != "cancelled"
