"""What is promised of an order that is placed, in the customer's words."""

from actions.closed import moment_in_words
from actions.turn import Turn
from shop.opening.reading import read_settings, shop_zone
from shop.opening.state import busy_minutes
from storage import engine
from storage.models import Order

# How an order is had, and the word for it at a time.
AT = {"pickup": "ready_at", "delivery": "delivered_at", "dine_in": "served_at"}


def promise_words(turn: Turn, order: Order) -> str:
    """ "Your order will be ready in 15 minutes."; the clock time where it is another one."""
    settings = read_settings(turn.session)
    now = engine.now(turn.session).astimezone(shop_zone(settings))
    is_usual = order.due_at is None and order.fulfilment != "delivery"
    if order.promised_at is None or (is_usual and not busy_minutes(settings, now)):
        return turn.word("ready_in", minutes=str(settings.preparation_minutes))
    time = moment_in_words(turn, order.due_at or order.promised_at, now)
    return turn.word(AT[order.fulfilment], time=time)
