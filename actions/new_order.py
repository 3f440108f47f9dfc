"""Ordering: from a wish to a cart that waits for its confirmation."""

from typing import Any

from rasa_sdk import FormValidationAction, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.cart import (
    go_on,
    is_first_choice,
    open_cart,
    praise_choice,
    reckon_cart,
    show_catalogue,
)
from actions.changes import changed_by, said_of
from actions.not_sold import say_what_is_not_sold
from actions.notes import notes_now, say_note_of_what
from actions.tracker_reading import is_old_tap
from actions.turn import ShopAction, Turn
from shop.language.word_files import read_patterns
from shop.orders.cart import MOST_OF_ONE, Cart, RequestedLine, lines_of_items
from shop.orders.cart_changes import apply_changes
from shop.orders.change_phrases import is_choice
from shop.orders.placing import latest_orders

# "the same as last time", "repeat my last order", "wahi phir se"
AGAIN = read_patterns("wishes")["again"]


class NewOrder(ShopAction):
    """Starts an order or adds to it: the catalogue, the question how many, or the summary."""

    called = "action_new_order"

    def act(self, turn: Turn) -> list[EventType]:
        if not turn.requested_lines():
            return (
                go_on(turn, open_cart(turn))
                if turn.cart and notes_now(turn)
                else offer_catalogue(turn)
            )
        is_other_kind = say_what_is_not_sold(turn)
        cart = reckon_cart(turn, lines_to_order(turn))
        if is_first_choice(cart) and not is_other_kind:
            praise_choice(turn, cart.lines[0])
        return go_on(turn, cart)


def offer_catalogue(turn: Turn) -> list[EventType]:
    """A wish to order that names nothing of ours: the catalogue, unless it is to be as before."""
    if AGAIN.search(turn.typed):
        return order_again(turn)
    if turn.typed and turn.entity("quantity") is not None:
        turn.say("utter_not_on_the_menu")  # "2 burgers"
    else:
        say_note_of_what(turn)
    return show_catalogue(turn, int(turn.entity("page") or 1))


def lines_to_order(turn: Turn) -> list[RequestedLine]:
    """What was named now, together with the cart that is open.

    Whoever is asked how many of one product and chooses another has changed their mind.
    """
    before = lines_of_items(turn.cart)
    said = said_of(turn, before)
    chosen = {one.product for one in said}
    unasked = [w for w in before if w.quantity is None and w.product not in chosen]
    requested_lines = changed_by(turn, before, said)
    is_another = said and all(map(is_choice, said))
    left_out = (
        [requested for requested in unasked if requested in requested_lines] if is_another else []
    )
    for line in Cart.reckon(turn.session, left_out).lines:
        turn.say("utter_left_out", product=line.product_name)
    return [requested for requested in requested_lines if requested not in left_out]


class OrderAgain(ShopAction):
    """Puts what was ordered last on a cart, at today's prices."""

    called = "action_order_again"

    def act(self, turn: Turn) -> list[EventType]:
        return order_again(turn)


def order_again(turn: Turn) -> list[EventType]:
    """The last order's lines as a cart; the catalogue where there is none."""
    latest = latest_orders(turn.session, turn.customer, most=1)
    if not latest:
        turn.say("utter_no_last_order")
        return show_catalogue(turn)
    return go_on(
        turn, reckon_cart(turn, lines_of_items({"items": latest[0].items}), latest[0].notes)
    )


class ValidateQuantity(FormValidationAction):
    """Lets only a number through that can be ordered; the question stays open otherwise."""

    def name(self) -> str:
        return "validate_quantity_form"

    def validate_quantity(
        self,
        value: Any,
        dispatcher: CollectingDispatcher,
        tracker: Tracker,
        domain: dict[str, Any],
    ) -> dict[str, int | None]:
        # Rasa also shows us the slot as it was emptied when the question was opened.
        if value is None:
            return {"quantity": None}
        if is_old_tap(tracker):
            dispatcher.utter_message(response="utter_old_tap")
            return {"quantity": None}
        several = len((tracker.get_slot("cart") or {}).get("items", [])) > 1
        # None of one product among several: the line is taken off.
        if (0 if several else 1) <= int(value) <= MOST_OF_ONE:
            return {"quantity": int(value)}
        dispatcher.utter_message(response="utter_quantity_out_of_bounds", most=MOST_OF_ONE)
        return {"quantity": None}


class AskQuantity(ShopAction):
    """Asks how many of the line that has no number yet."""

    called = "action_ask_quantity"

    def act(self, turn: Turn) -> list[EventType]:
        cart = open_cart(turn)
        if turn.is_aside:
            return []
        if cart.unasked and len(cart.lines) > 1:
            turn.say("utter_ask_quantity_of", product=cart.unasked.product_name)
        else:
            turn.say("utter_ask_quantity")
        return []


class OrderSummary(ShopAction):
    """The quantity is known: says the cart, or asks for the next line's."""

    called = "action_order_summary"

    def act(self, turn: Turn) -> list[EventType]:
        cart = open_cart(turn)
        if cart.unasked:
            answer = RequestedLine(cart.unasked.product, turn.slot("quantity") or None)
            known = apply_changes(
                cart.requested_lines(), "set" if answer.quantity else "remove", [answer]
            )
            cart = reckon_cart(turn, known)
        return go_on(turn, cart)
