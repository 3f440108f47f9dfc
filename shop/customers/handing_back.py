"""Words the message that the bot answers again."""

from datetime import datetime

from shop.language.responses import format_response
from shop.whatsapp import bodies, service_window
from shop.whatsapp.bodies import Body
from storage.models import UserProfile


def back_message(customer: UserProfile, now: datetime) -> Body | None:
    """The message's body; None if the 24 hours are over or the customer wants no messages."""
    is_open = service_window.is_window_open(customer, now)
    if not is_open or customer.subscription == "unsubscribed":
        return None
    return bodies.text_body(format_response("utter_bot_is_back", customer.language))
