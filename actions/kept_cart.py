"""The cart that was refused while the shop was closed, offered again."""

from rasa_sdk.events import EventType

from actions.cart import ask_next_question, reckon_cart
from actions.closed import keep_while_closed, takes_orders
from actions.terms import Terms
from actions.turn import Turn
from shop.carts import kept_carts
from shop.carts.lines import lines_of_items
from shop.customers.open_matters import may_be_open
from shop.opening.state import read_opening_state


def offer_kept_cart(turn: Turn) -> list[EventType]:
    """Offers the kept cart as a new summary once orders are taken again; else does nothing."""
    if not may_be_open(turn.session, "kept_cart"):
        return []
    kept = kept_carts.find_kept_cart(turn.session, turn.customer)
    if kept is None or not takes_orders(turn, read_opening_state(turn.session)):
        return []
    cart = reckon_cart(turn, lines_of_items(kept.cart), kept.cart.get("notes"))
    terms = Terms.from_slot(kept.terms)
    kept_carts.forget_kept_cart(turn.session, turn.customer)
    if not cart.lines:
        return []
    turn.say("utter_kept_cart_offered")
    return ask_next_question(turn, cart, terms)


def say_still_kept(turn: Turn) -> list[EventType]:
    """Answers a yes before the shop opens: shows the kept cart; does nothing without one."""
    if not may_be_open(turn.session, "kept_cart"):
        return []
    kept = kept_carts.find_kept_cart(turn.session, turn.customer)
    state = read_opening_state(turn.session)
    if kept is None or takes_orders(turn, state):
        return []
    cart = reckon_cart(turn, lines_of_items(kept.cart), kept.cart.get("notes"))
    return keep_while_closed(turn, state, cart, Terms.from_slot(kept.terms)) if cart.lines else []
