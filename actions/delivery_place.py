"""Where an order is to go: a place on the map, or the customer's words for it."""

from dataclasses import replace
from textwrap import shorten
from typing import Any

from rasa_sdk.events import EventType, SlotSet

from actions.cart import go_on, open_cart
from actions.placed_order import leave_to_staff, note_on_placed, open_order
from actions.support import take_issue
from actions.turn import ShopAction, Turn
from shop.orders import changing
from shop.orders.cart import Cart
from shop.orders.notes import LONGEST, join_words
from storage.models import Order


def keep_wish(turn: Turn, cart: Cart) -> list[EventType]:
    """Where and when an order is to go: stands as a note on the cart or on the order that waits;
    without either, people take it."""
    if cart.lines:
        words = shorten(turn.typed, LONGEST)
        turn.say("utter_wish_noted", words=words)
        return go_on(turn, replace(cart, note=join_words(cart.note, words)))
    order = open_order(turn)
    return note_on_placed(turn, order, turn.typed) if order else take_issue(turn, "delivery")


class ShareLocation(ShopAction):
    """Keeps where the order goes: a place on the map, or the customer's words for it.

    Without a cart it belongs to the order that was placed, while that is pending.
    """

    called = "action_share_location"

    def act(self, turn: Turn) -> list[EventType]:
        place = turn.entity("place")
        order = None if turn.cart else open_order(turn)
        if order and order.status == "pending":
            return place_of_order(turn, order, place)
        if place:
            turn.say("utter_place_kept")
            return [SlotSet("place", place)]
        return place_in_words(turn, order)


def place_of_order(turn: Turn, order: Order, place: dict[str, Any] | None) -> list[EventType]:
    """The placed order goes there, as long as the kitchen has not begun it."""
    if not place:
        return note_on_placed(turn, order, turn.typed)
    try:
        changing.lock_pending(turn.session, order)
    except changing.NotPending:
        return leave_to_staff(turn, order)
    changing.set_place(turn.session, order, place)
    turn.say("utter_place_of_order", order_number=order.order_id)
    return []


def place_in_words(turn: Turn, order: Order | None) -> list[EventType]:
    """The words for a place: a note on the open cart, or for the people who have the order."""
    cart = open_cart(turn)
    if cart.lines:
        turn.say("utter_wish_noted", words=turn.typed)
        return [SlotSet("cart", cart.as_json())]
    if order:
        return leave_to_staff(turn, order)
    turn.say("utter_note_of_what", words=turn.typed)
    return []
