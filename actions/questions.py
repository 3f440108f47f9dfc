"""Asks the question of the open step again."""

from collections.abc import Callable

from rasa_sdk.events import EventType, SlotSet

from actions.cart import ask_next_question, offer_choices, open_cart, show_catalogue
from actions.families import ask_which_again
from actions.journeys import enter_step
from actions.line_options import ask_same_option
from actions.naming import example_product
from actions.place_questions import say_ways
from actions.terms import kept_terms
from actions.turn import Turn
from shop.orders.placing import find_order
from shop.steps import steps
from shop.steps.step import Step
from storage.models import Order


def ask_again(turn: Turn) -> list[EventType]:
    """Asks the open question again unless a form does; without one, asks what is wanted."""
    if is_answered(turn):
        return ask_next_question(turn, open_cart(turn))
    if turn.step.is_asked_by_form:
        return []
    if turn.step.is_at_rest:
        return ask_what_next(turn)
    return QUESTIONS.get(turn.step, ask_in_words)(turn)


def is_answered(turn: Turn) -> bool:
    """Whether the way that is known now answers the open question: a location that came while the
    way or the table was asked means delivery."""
    way = kept_terms(turn).fulfilment
    if turn.step is steps.TABLE_INPUT:
        return way not in (None, "dine_in")
    return turn.step is steps.FULFILMENT_CHOICE and way is not None


def leave_open(turn: Turn) -> list[EventType]:
    """Leaves the question open without asking again; does not count as a misunderstanding."""
    return [SlotSet("misunderstood", {"times": 0, "message": turn.cause, "aside": True})]


def ask_what_next(turn: Turn) -> list[EventType]:
    turn.say("utter_anything_else", product=example_product(turn))
    return []


def ask_which_product(turn: Turn) -> list[EventType]:
    """Asks which product an ambiguous name means, if that is open; else what to order."""
    return ask_which_again(turn, open_cart(turn), kept_terms(turn)) or show_catalogue(turn)


def ask_whether_correct(turn: Turn) -> list[EventType]:
    return ask_next_question(turn, open_cart(turn))


def ask_what_to_change(turn: Turn) -> list[EventType]:
    cart = open_cart(turn)
    return offer_choices(turn, cart) if cart.lines else ask_next_question(turn, cart)


def ask_which_option(turn: Turn) -> list[EventType]:
    cart = open_cart(turn)
    return ask_same_option(turn, cart) or ask_next_question(turn, cart)


def ask_in_words(turn: Turn) -> list[EventType]:
    """Asks the step's question by its menu, else by its response."""
    turn.ask(turn.step)
    return []


def ask_how(turn: Turn) -> list[EventType]:
    """Asks for the way, with a button for each that the shop offers."""
    say_ways(turn)
    return []


def ask_when(turn: Turn) -> list[EventType]:
    """Offers the available times; if there are none, goes on without a time."""
    return ask_next_question(turn, open_cart(turn))


def ask_whether_to_cancel(turn: Turn) -> list[EventType]:
    order = find_order(turn.session, turn.customer, turn.slot("order_id"))
    return ask_before_cancelling(turn, order) if order else ask_what_next(turn)


def ask_before_cancelling(turn: Turn, order: Order) -> list[EventType]:
    """Asks before cancelling an order; an open cart waits meanwhile."""
    turn.say("utter_cancel_placed", order_number=order.order_id)
    slots = {"order_id": order.order_id, "cart": turn.cart or None, "terms": turn.slot("terms")}
    return enter_step(steps.CANCELLING, **slots)


# These questions take values or change slots; all others are asked by their response alone.
QUESTIONS: dict[Step, Callable[[Turn], list[EventType]]] = {
    steps.CATEGORY_SELECTION: ask_which_product,
    steps.FULFILMENT_CHOICE: ask_how,
    steps.TIME_CHOICE: ask_when,
    steps.OPTIONS_INPUT: ask_which_option,
    steps.CONFIRMATION: ask_whether_correct,
    steps.EDITING: ask_what_to_change,
    steps.CANCELLING: ask_whether_to_cancel,
}


def follows_a_guess(turn: Turn) -> bool:
    """Whether the message before was answered with "Is it one of these?" while the open question
    waited: a bare yes may mean either."""
    missed = turn.slot("misunderstood") or {}
    is_guess = bool(missed.get("aside")) and int(missed.get("times") or 0) > 0
    return is_guess and missed["message"] == turn.previous_message
