"""WhatsApp's customer service window: 24 hours from each message of the customer.

Outside it only approved templates are taken (developers.facebook.com, "Send messages"); anything
else fails with error 131047 (connectors/whatsapp/api/error_codes.py).
"""

from datetime import datetime, timedelta

from storage.models import UserProfile

WINDOW = timedelta(hours=24)


def window_closes_at(customer: UserProfile) -> datetime | None:
    """When the window closes, or closed; None for a customer who never wrote."""
    return customer.last_interaction and customer.last_interaction + WINDOW


def is_window_open(customer: UserProfile, now: datetime) -> bool:
    """Whether the customer may be written to freely at this time."""
    closes = window_closes_at(customer)
    return closes is not None and closes > now
