"""Where an order is to go: a place on the map, or the customer's words for it."""

from dataclasses import replace
from textwrap import shorten

from rasa_sdk.events import EventType, SlotSet

from actions.cart import ask_next_question, open_cart
from actions.place_questions import say_pick_up_instead
from actions.placed_order import leave_to_staff, note_on_placed, open_order
from actions.placed_terms import change_placed_terms
from actions.support import take_issue
from actions.terms import Terms, kept_terms
from actions.turn import ShopAction, Turn
from shop.carts.cart import Cart
from shop.carts.notes import LONGEST, WHOLE, join_words
from shop.fulfilment.addresses import Address
from shop.opening.reading import read_settings
from shop.orders import changing
from shop.orders.order_checks import NotPlaceable
from storage.models import Order


def keep_wish(turn: Turn, cart: Cart) -> list[EventType]:
    """Stores words about where and when an order is to go as a note on the cart or on the pending
    order; without either, calls a person."""
    if cart.lines:
        words = shorten(turn.typed, LONGEST)
        turn.say("utter_wish_noted", words=words)
        return ask_next_question(turn, replace(cart, note=join_words(cart.note, words)))
    order = open_order(turn)
    return note_on_placed(turn, order, turn.typed) if order else take_issue(turn, "delivery")


class ShareLocation(ShopAction):
    """Keeps where the order goes: a place on the map, or the customer's words for it.

    Without a cart the place is that of the placed order, while it is pending.
    """

    called = "action_share_location"

    def act(self, turn: Turn) -> list[EventType]:
        address = Address.from_pin(turn.entity("place"))
        if address is None:
            return place_in_words(turn)
        delivers = "delivery" in read_settings(turn.session).fulfilment
        order = None if turn.cart else open_order(turn)
        if order and delivers:
            return change_placed_terms(turn, Terms("delivery", address)) or []
        # A shop without delivery does not need the place of an order that is being prepared.
        if order and order.status == "pending":
            return note_place(turn, order, address)
        terms = replace(kept_terms(turn), address=address)
        say_place_kept(turn, delivers=delivers)
        return [SlotSet("terms", (terms.to(address) if delivers else terms).as_slot())]


def say_place_kept(turn: Turn, *, delivers: bool) -> None:
    """Says that the place is noted; without delivery says so, and how to get the order."""
    turn.say("utter_place_kept")
    if not delivers:
        turn.say("utter_place_not_brought")
        say_pick_up_instead(turn)


def note_place(turn: Turn, order: Order, address: Address) -> list[EventType]:
    """Stores the place with the pending order; the open question stays open."""
    try:
        changing.lock_pending(turn.session, order)
        note = (order.notes or {}).get(WHOLE, "")
        lines = changing.ordered_lines(order)
        cart = changing.ordered_cart(turn.session, order, lines, note)
        wanted = replace(cart, terms=replace(cart.terms, address=address))
        changing.change_order(turn.session, order, wanted)
    except (changing.NotPending, NotPlaceable):
        return leave_to_staff(turn, order)
    say_place_kept(turn, delivers=False)
    return []


def place_in_words(turn: Turn) -> list[EventType]:
    """Takes the words for a place as a note on the open cart, or passes them to the staff."""
    cart = open_cart(turn)
    if cart.lines:
        turn.say("utter_wish_noted", words=turn.typed)
        return [SlotSet("cart", cart.as_json())]
    if order := open_order(turn):
        return note_on_placed(turn, order, turn.typed)
    turn.say("utter_note_of_what", words=turn.typed)
    return []
