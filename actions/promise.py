"""Words the promised time of a placed order."""

from actions.closed import moment_in_words
from actions.place_questions import find_delivery
from actions.terms import kept_terms
from actions.turn import Turn
from shop.carts.cart import Cart
from shop.fulfilment.promises import lead_minutes
from shop.opening.reading import read_settings, shop_zone
from shop.opening.state import busy_minutes
from storage import engine
from storage.models import Order

# What `utter_order_confirmed` promises.
USUAL_MINUTES = 15
# By way of fulfilment, the response that states the time.
AT = {"pickup": "ready_at", "delivery": "delivered_at", "dine_in": "served_at"}


def other_promise(turn: Turn, order: Order) -> str | None:
    """The promise, if it differs from the 15 minutes of the usual confirmation.

    The shop's own minutes; a clock time if the shop is busy, the order is delivered, or the
    customer chose a time.
    """
    settings = read_settings(turn.session)
    now = engine.now(turn.session).astimezone(shop_zone(settings))
    is_usual = order.due_at is None and order.fulfilment != "delivery"
    if order.promised_at is None or (is_usual and not busy_minutes(settings, now)):
        minutes = settings.preparation_minutes
        return None if minutes == USUAL_MINUTES else turn.word("ready_in", minutes=str(minutes))
    time = moment_in_words(turn, order.due_at or order.promised_at, now)
    return turn.word(AT[order.fulfilment], time=time)


def say_minutes(turn: Turn, cart: Cart) -> None:
    """Says how long the cart will take once it is placed, or the time that was chosen."""
    settings, terms = read_settings(turn.session), kept_terms(turn)
    now = engine.now(turn.session).astimezone(shop_zone(settings))
    if terms.due_at:
        time = moment_in_words(turn, terms.due_at, now)
        turn.dispatcher.utter_message(text=turn.word("terms_time", time=time))
        return
    way = terms.fulfilment or "pickup"
    delivery = find_delivery(turn, cart, terms).delivery if way == "delivery" else None
    minutes = lead_minutes(settings, now, way, delivery.minutes if delivery else None)
    is_by_staff = settings.accepts_orders == "by_staff"
    turn.say("utter_how_long_once_accepted" if is_by_staff else "utter_how_long", minutes=minutes)
