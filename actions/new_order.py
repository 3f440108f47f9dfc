"""Ordering: from the first message to a cart that waits for confirmation."""

from typing import Any

from rasa_sdk import FormValidationAction, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.asked_product import order_what_was_asked
from actions.cart import (
    ask_next_question,
    is_first_choice,
    noted_cart,
    open_cart,
    praise_choice,
    reckon_cart,
    show_catalogue,
)
from actions.changes import changed_by, list_changes, noted_lines
from actions.closed import refuse_while_closed
from actions.earlier_carts import abandoned_cart
from actions.families import ask_which, restore_message, settle_families
from actions.faq import say_own_answer
from actions.kept_cart import offer_kept_cart
from actions.left_cart import with_left_cart
from actions.look import show_asked_product
from actions.not_sold import say_what_is_not_sold
from actions.notes import notes_now, say_note_of_what
from actions.old_taps import is_old_tap
from actions.options import take_said
from actions.placed_options import change_options_placed
from actions.placed_order import change_just_placed
from actions.quantities import answered_in_passing, set_quantity
from actions.search import answer_search
from actions.turn import ShopAction, Turn
from shop.carts.amounts import is_relative
from shop.carts.cart import MOST_OF_ONE, Cart
from shop.carts.cart_changes import with_quantity
from shop.carts.change_phrases import is_choice
from shop.carts.lines import RequestedLine, lines_of_items, name_line
from shop.orders.placing import latest_orders


class NewOrder(ShopAction):
    """Starts an order or adds to it: the catalogue, the question how many, or the summary."""

    called = "action_new_order"

    def act(self, turn: Turn) -> list[EventType]:
        if found := (answer_search(turn) or show_asked_product(turn)):
            return found
        turn = restore_message(turn) or settle_families(with_left_cart(turn))
        if asked := ask_which(turn, open_cart(turn)):
            return asked
        if not turn.requested_lines():
            found = order_what_was_asked(turn) or apply_words_to_cart(turn)
            changed = None if found else change_options_placed(turn)
            return changed if changed is not None else found or offer_catalogue(turn)
        if (changed := change_just_placed(turn)) is not None:
            return changed
        is_other_kind = say_what_is_not_sold(turn)
        if turn.says("of_offers"):
            say_own_answer(turn, "faq_offers")
        cart = reckon_cart(turn, lines_to_order(turn))
        if is_first_choice(cart) and not is_other_kind:
            praise_choice(turn, cart.lines[0])
        return ask_next_question(turn, cart)


def apply_words_to_cart(turn: Turn) -> list[EventType]:
    """Applies words without a product to the cart: a number, options or notes."""
    if not turn.typed or not turn.cart:
        return []
    cart = open_cart(turn)
    if chosen := take_said(turn, cart):
        return chosen
    if answered := answered_in_passing(turn, cart.requested_lines()):
        return ask_next_question(turn, reckon_cart(turn, answered))
    if is_relative(turn.signs):
        return set_quantity(turn, cart)
    return ask_next_question(turn, noted_cart(turn)) if notes_now(turn) else []


def offer_catalogue(turn: Turn) -> list[EventType]:
    """Answers a wish to order without a product with the catalogue, or with the last order."""
    if turn.says("again"):
        return order_again(turn)
    if turn.typed and turn.entity("quantity") is not None:
        turn.say("utter_not_on_the_menu")  # "2 burgers"
    else:
        say_note_of_what(turn)
    if not turn.cart and (kept := offer_kept_cart(turn)):
        return kept
    refused = None if turn.cart else refuse_while_closed(turn)
    page = int(turn.entity("page") or 1)
    return refused or show_catalogue(turn, page, kept=waiting_cart(turn))


def waiting_cart(turn: Turn) -> Cart | None:
    """The abandoned cart, if none is open: chosen products are added to it."""
    left = {} if turn.cart else abandoned_cart(turn.tracker)
    if not left:
        return None
    return reckon_cart(turn, lines_of_items(left), left.get("notes"))


def lines_to_order(turn: Turn) -> list[RequestedLine]:
    """The products of this message together with the open cart.

    If a customer is asked for one product's quantity and taps on or types another product, that one
    replaces the first.
    """
    before = lines_of_items(turn.cart)
    said = list_changes(turn, before)
    chosen = {one.product for one in said}
    unasked = [w for w in before if w.quantity is None and w.product not in chosen]
    requested_lines = changed_by(turn, before, said)
    is_another = turn.is_tap and said and all(map(is_choice, said))
    left_out = (
        [requested for requested in unasked if requested in requested_lines] if is_another else []
    )
    for line in Cart.reckon(turn.session, left_out).lines:
        turn.say("utter_left_out", product=line.product_name)
    return [requested for requested in requested_lines if requested not in left_out]


class OrderAgain(ShopAction):
    """Puts the last order's products on a cart, at today's prices."""

    called = "action_order_again"

    def act(self, turn: Turn) -> list[EventType]:
        return order_again(turn)


def order_again(turn: Turn) -> list[EventType]:
    """Opens a cart with the last order's lines; shows the catalogue if there is none."""
    latest = latest_orders(turn.session, turn.customer, most=1)
    if not latest:
        turn.say("utter_no_last_order")
        return show_catalogue(turn)
    before = {"items": latest[0].items, "notes": latest[0].notes}
    return ask_next_question(turn, reckon_cart(turn, lines_of_items(before), latest[0].notes))


class ValidateQuantity(FormValidationAction):
    """Accepts only a quantity that can be ordered; otherwise the question stays open."""

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
        # 0 of one product among several: the line is removed.
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
            line = cart.unasked
            name = name_line(line.product_name, line.note, line.options)
            turn.say("utter_ask_quantity_of", product=name)
        else:
            turn.say("utter_ask_quantity")
        return []


class OrderSummary(ShopAction):
    """After a quantity is known: shows the cart, or asks for the next line's quantity."""

    called = "action_order_summary"

    def act(self, turn: Turn) -> list[EventType]:
        cart = open_cart(turn)
        if cart.unasked:
            key = cart.unasked.key
            known = with_quantity(cart.requested_lines(), key, turn.slot("quantity") or None)
            left = [line for line in known if line.quantity or line.key != key]
            cart = reckon_cart(turn, noted_lines(turn, left))
        return ask_next_question(turn, cart)
