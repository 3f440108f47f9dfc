"""Regular work on orders: unaccepted ones, unanswered shortage questions, and daily stock."""

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from shop.opening.reading import read_schedule, read_settings
from shop.orders.shortages.silence import settle_unanswered
from shop.orders.unaccepted import settle_unaccepted
from shop.products.stock import reset_daily_stock
from storage import engine
from storage.models import Product

# Whether anything waits that may be overdue, or that the alarm phone may have to be told of
# (shop/orders/alarms.py, shop/alerts/alarm_phone.py). It runs every few seconds and is far cheaper
# than checking each order and ticket.
TRADE_WAITS = b"""
SELECT EXISTS (SELECT FROM orders WHERE accepted_at IS NULL AND status = 'pending')
    OR EXISTS (SELECT FROM shortages WHERE state = 'open')
    OR EXISTS (SELECT FROM tickets WHERE status <> 'closed' AND category = 'person')
    OR EXISTS (SELECT FROM products WHERE stock_daily IS NOT NULL)
    OR EXISTS (SELECT FROM alerts WHERE closed_at IS NULL AND seen_at IS NULL AND told_at IS NULL)
"""


def maintain_orders(session: Session) -> int:
    """Settles orders that nobody accepted, questions that nobody answered, and daily stock.

    Returns how much there was to do.
    """
    return len(settle_unaccepted(session)) + settle_unanswered(session) + reset_stock(session)


def reset_stock(session: Session) -> int:
    """Sets daily stock back once the day has opened; returns how many products it was."""
    if not session.scalar(select(exists().where(Product.stock_daily.is_not(None)))):
        return 0
    now = engine.now(session)
    schedule = read_schedule(session, read_settings(session), now)
    return reset_daily_stock(session, schedule.latest_first_opening(now))
