"""News of an order for its customer begin here: `begin_news` writes a notice.

`move_order` in shop/orders/order_status.py calls it whenever the shop gives an order another
status. The sender's process finds the notice later and decides whether and how to send it
(shop/orders/due_news.py). Only if somebody changes a status by SQL, the database writes the notice:
by the trigger `order_moved_by_sql` on `orders` (storage/migrations/versions/0023_order_news.py).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from storage.models import Order, OrderNotice

# `orders.cancel_reason` of one that nobody accepted in time.
UNACCEPTED = "unaccepted"
# Notices about items that ran out: they tell no status (shop/orders/shortages).
BESIDE_STATUS = ("ran_out", "found")

# The console shows Undo for seven seconds (console/static/console.js).
UNDO = timedelta(seconds=8)


def begin_news(session: Session, order: Order, *, undo: timedelta = UNDO) -> None:
    """Writes the notice that the shop gave the order its status; it waits while staff can undo it.

    A trigger on `order_notices` wakes the sender's process.
    """
    not_before = func.now() + undo
    session.add(OrderNotice(order_id=order.order_id, status=order.status, not_before=not_before))
    session.flush()


@contextmanager
def without_trigger(session: Session) -> Iterator[None]:
    """Inside this block the trigger writes no notice for a changed status: the caller does."""
    session.execute(select(func.set_config("shop.quiet", "on", True)))
    yield
    session.execute(select(func.set_config("shop.quiet", "off", True)))
