"""Handles "wait", "later" and "that is all" while a question is open."""

from rasa_sdk.events import EventType

from actions.cancel_order import keep_order
from actions.cart import ask_next_question, open_cart, show_catalogue
from actions.confirm_order import reopen_cancelled
from actions.questions import leave_open
from actions.small_talk import leave_as_it_is, offer_a_way_on
from actions.turn import ShopAction, Turn
from shop.language.keyword_forms import normalise_keyword
from shop.opening.reading import read_settings
from shop.steps import steps
from shop.steps.step import No


class Wait(ShopAction):
    """Gives the customer time; the open question stays open.

    "No wait" stops what is being cancelled, and brings back what was cancelled just before.
    """

    called = "action_wait"

    def act(self, turn: Turn) -> list[EventType]:
        if turn.says("takes_back"):
            if turn.step.no is No.KEEPS_ORDER:
                return keep_order(turn)
            if reopened := reopen_cancelled(turn):
                return reopened
        turn.say("utter_take_your_time")
        return leave_open(turn)


class Later(ShopAction):
    """Keeps the cart, or the open question about a line, and says so; else acts as a no."""

    called = "action_later"

    def act(self, turn: Turn) -> list[EventType]:
        cart = open_cart(turn)
        if cart.lines and says_when(turn):
            return ask_next_question(turn, cart)
        if turn.step.has_whole_cart and cart.lines:
            lines = "\n".join(f"{line.product_name} × {line.quantity}" for line in cart.lines)
            turn.say("utter_kept_for_later", lines=lines)
            return leave_open(turn)
        if turn.step.question.is_about_line:
            turn.say("utter_question_stays")
            return leave_open(turn)
        return leave_as_it_is(turn)


def says_when(turn: Turn) -> bool:
    """Whether "tomorrow" is the time of the order: as the answer to that question, or alone in a
    shop that takes orders ahead."""
    said = turn.entity("time")
    if not said:
        return False
    is_alone = normalise_keyword(said["text"]) == normalise_keyword(turn.typed)
    is_ahead = is_alone and read_settings(turn.session).order_ahead_days > 0
    return turn.step is steps.TIME_CHOICE or is_ahead


class ThatIsAll(ShopAction):
    """The customer wants nothing more: shows the summary to be confirmed."""

    called = "action_that_is_all"

    def act(self, turn: Turn) -> list[EventType]:
        cart = open_cart(turn)
        if turn.step.has_whole_cart and cart.lines:
            return ask_next_question(turn, cart)
        return leave_as_it_is(turn)


class NoneOfThese(ShopAction):
    """The customer wants no offer: at the catalogue offers other ways, else acts as a no."""

    called = "action_none_of_these"

    def act(self, turn: Turn) -> list[EventType]:
        if turn.step.no is No.OFFERS_WAY_ON:
            return offer_a_way_on(turn)
        if turn.step.is_at_rest and turn.text.rstrip().endswith("?"):
            return show_catalogue(turn)
        return leave_as_it_is(turn)
