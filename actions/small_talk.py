"""Yes, no and goodbye: what they mean depends on what was asked."""

from collections.abc import Callable

from rasa_sdk.events import EventType

from actions.cancel_order import cancel_placed, give_up, keep_order
from actions.cart import ask_next_question, open_cart, reckon_cart
from actions.confirm_order import confirm_cart, is_in_doubt, old_confirm, reopen_left
from actions.earlier_carts import cart_before
from actions.journeys import finish_journey
from actions.order_tracking import recent_orders
from actions.questions import ask_again, ask_what_to_change, ask_whether_correct, follows_a_guess
from actions.turn import ShopAction, Turn
from shop.carts.lines import lines_of_items
from shop.orders.placing import latest_orders
from shop.steps import steps
from shop.steps.step import No, Yes

Act = Callable[[Turn], list[EventType]]


class Affirm(ShopAction):
    """Yes: does what was asked about; asks again if that is no yes-or-no question.

    One rule covers every step: a rule with a step as its condition would have to name every step
    that the answer may lead to, and where none fits Rasa undoes the whole turn.
    """

    called = "action_affirm"

    def act(self, turn: Turn) -> list[EventType]:
        return ANSWERS_YES[turn.step.yes](turn)


class Deny(ShopAction):
    """No: does not do what was asked about; asks again if that is no yes-or-no question."""

    called = "action_deny"

    def act(self, turn: Turn) -> list[EventType]:
        return leave_as_it_is(turn)


def place_told_cart(turn: Turn) -> list[EventType]:
    """Places the cart; after another question than the summary's, shows the summary again."""
    if turn.is_of_before:
        return old_confirm(turn)
    return ask_next_question(turn, open_cart(turn)) if follows_a_guess(turn) else confirm_cart(turn)


def cancel_told_order(turn: Turn) -> list[EventType]:
    is_unclear = follows_a_guess(turn) or is_in_doubt(turn)
    is_sure = not (turn.is_of_before or turn.is_late or is_unclear)
    return cancel_placed(turn, turn.slot("order_id"), is_sure=is_sure)


def go_on_with_cart(turn: Turn) -> list[EventType]:
    return ask_next_question(turn, open_cart(turn)) if turn.cart else ask_again(turn)


def reopen_or_ask(turn: Turn) -> list[EventType]:
    return reopen_left(turn) or ask_again(turn)


ANSWERS_YES: dict[Yes, Act] = {
    Yes.REOPENS_CART: reopen_or_ask,
    Yes.GOES_ON: go_on_with_cart,
    Yes.PLACES_CART: place_told_cart,
    Yes.CANCELS_ORDER: cancel_told_order,
    Yes.ASKS_AGAIN: ask_again,
}


def leave_as_it_is(turn: Turn) -> list[EventType]:
    """Does not do what was asked about; if that was beside a cart, continues with the cart."""
    no = turn.step.no
    if no in (No.CHANGES_CART, No.GOES_ON, *LEAVES_QUESTION) and (cart := open_cart(turn)).lines:
        if turn.says("gives_up"):
            return leave_cart(turn)
        if no in LEAVES_QUESTION:
            return ask_next_question(turn, cart)
    return ANSWERS_NO[no](turn)


def want_nothing_more(turn: Turn) -> list[EventType]:
    turn.say("utter_nothing_more")
    return []


def leave_cart(turn: Turn) -> list[EventType]:
    """Drops the cart and says that nothing was ordered."""
    turn.say("utter_left_cart")
    return finish_journey(turn, forget=True)


def leave_question(turn: Turn) -> list[EventType]:
    """Drops the line that is asked about; without a cart before it, gives up the order."""
    was = cart_before(turn.tracker)
    before = reckon_cart(turn, lines_of_items(was), was.get("notes"))
    return ask_next_question(turn, before) if before.lines else give_up(turn)


def leave_order(turn: Turn) -> list[EventType]:
    turn.say("utter_left")
    return finish_journey(turn)


def leave_tracking(turn: Turn) -> list[EventType]:
    """Offers the orders as taps, since the customer does not know the number."""
    if not turn.customer or not latest_orders(turn.session, turn.customer, most=1):
        return leave_order(turn)
    turn.dispatcher.utter_message(response="utter_your_orders", buttons=recent_orders(turn))
    return finish_journey(turn)


def offer_a_way_on(turn: Turn) -> list[EventType]:
    """Offers other ways to go on, since the customer wants nothing from the catalogue."""
    turn.say("utter_whole_menu")
    return []


# A no to one of these ends the question: it is not asked again.
LEAVES_QUESTION = (No.OFFERS_WAY_ON, No.LEAVES_TRACKING, No.LEAVES_JOURNEY)
ANSWERS_NO: dict[No, Act] = {
    No.ENDS: want_nothing_more,
    No.OFFERS_WAY_ON: offer_a_way_on,
    No.LEAVES_LINE: leave_question,
    No.CHANGES_CART: ask_what_to_change,
    No.GOES_ON: ask_whether_correct,
    No.LEAVES_TRACKING: leave_tracking,
    No.KEEPS_ORDER: keep_order,
    No.LEAVES_JOURNEY: leave_order,
}


class Goodbye(ShopAction):
    """Says goodbye; a customer with an open cart is told that nothing was ordered."""

    called = "action_goodbye"

    def act(self, turn: Turn) -> list[EventType]:
        if turn.cart:
            turn.say("utter_goodbye_unplaced")
            is_beside = turn.step is steps.CATEGORY_SELECTION
            return ask_next_question(turn, open_cart(turn)) if is_beside else ask_again(turn)
        turn.say("utter_goodbye")
        return finish_journey(turn)
