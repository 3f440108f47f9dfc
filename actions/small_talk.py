"""Yes, no and goodbye: what they mean depends on what was asked."""

from collections.abc import Callable

from rasa_sdk.events import EventType

from actions.cancel_order import cancel_placed, give_up, keep_order
from actions.cart import go_on, offer_choices, open_cart, reckon_cart
from actions.confirm_order import confirm_cart, is_in_doubt, old_confirm, reopen_left
from actions.earlier_carts import cart_before
from actions.guesses import AT_REST
from actions.order_tracking import recent_orders
from actions.questions import ask_again
from actions.turn import ShopAction, Turn, finish_journey
from shop.language.courtesies import without_courtesies
from shop.language.keyword_forms import normalise_keyword
from shop.language.phrases import is_phrase
from shop.orders.lines import lines_of_items
from shop.orders.placing import latest_orders

# Here a cart waits, and yes and no are no answer: nothing more is wanted.
BESIDE_A_SLIP = ("category_selection", "editing")


class Affirm(ShopAction):
    """Yes: does what was asked about; asks again what cannot be answered so.

    One rule for every step, since a rule that a step is a condition of would have to foretell
    every step that the answer may lead to; where none fits Rasa takes the whole turn back.
    """

    called = "action_affirm"

    def act(self, turn: Turn) -> list[EventType]:
        if turn.step == "confirmation":
            return old_confirm(turn) if turn.is_of_before else confirm_cart(turn)
        if turn.step == "cancelling":
            is_sure = not (turn.is_of_before or turn.is_late or is_in_doubt(turn))
            return cancel_placed(turn, turn.slot("order_id"), is_sure=is_sure)
        if turn.step in BESIDE_A_SLIP and turn.cart:
            return go_on(turn, open_cart(turn))
        left = reopen_left(turn) if turn.step in (*AT_REST, "awaiting_order_id") else []
        return left or ask_again(turn)


class Deny(ShopAction):
    """No: does not do what was asked about; asks again what cannot be answered so."""

    called = "action_deny"

    def act(self, turn: Turn) -> list[EventType]:
        return refuse(turn)


def refuse(turn: Turn) -> list[EventType]:
    """Does not do what was asked about."""
    if turn.step in AT_REST:
        turn.say("utter_nothing_more")
        return []
    if turn.step == "cancelling":
        return keep_order(turn)
    if turn.step == "quantity_input":
        return leave_question(turn)
    cart = open_cart(turn)
    if cart.lines and is_phrase("gives_up", without_courtesies(normalise_keyword(turn.typed))):
        return leave_cart(turn)
    if not cart.lines:
        return LEFT_BY_NO.get(turn.step or "", ask_again)(turn)
    return offer_choices(turn, cart) if turn.step == "confirmation" else go_on(turn, cart)


def leave_cart(turn: Turn) -> list[EventType]:
    """Nothing is wanted after all: nothing was ordered, and nothing is kept."""
    turn.say("utter_left_cart")
    return finish_journey(turn, forget=True)


def leave_question(turn: Turn) -> list[EventType]:
    """None of what is asked about: the cart is as it was before; without one, it is given up."""
    was = cart_before(turn.tracker)
    before = reckon_cart(turn, lines_of_items(was), was.get("notes"))
    return go_on(turn, before) if before.lines else give_up(turn)


def leave_order(turn: Turn) -> list[EventType]:
    turn.say("utter_left")
    return finish_journey(turn)


def leave_tracking(turn: Turn) -> list[EventType]:
    """Without its number an order can still be found by tapping on it."""
    if not turn.customer or not latest_orders(turn.session, turn.customer, most=1):
        return leave_order(turn)
    turn.dispatcher.utter_message(response="utter_your_orders", buttons=recent_orders(turn))
    return finish_journey(turn)


def offer_a_way_on(turn: Turn) -> list[EventType]:
    """Nothing of the catalogue is wanted, so it is not shown again."""
    turn.say("utter_whole_menu")
    return []


# Whoever has nothing to answer these with is not asked twice.
LEFT_BY_NO: dict[str, Callable[[Turn], list[EventType]]] = {
    "category_selection": offer_a_way_on,
    "awaiting_order_id": leave_tracking,
    "issue_selection": leave_order,
    "describing_issue": leave_order,
}


class Goodbye(ShopAction):
    """Takes leave; whoever believes to have ordered is told that they have not."""

    called = "action_goodbye"

    def act(self, turn: Turn) -> list[EventType]:
        if turn.cart:
            turn.say("utter_goodbye_unplaced")
            is_beside = turn.step == "category_selection"
            return go_on(turn, open_cart(turn)) if is_beside else ask_again(turn)
        turn.say("utter_goodbye")
        return finish_journey(turn)
