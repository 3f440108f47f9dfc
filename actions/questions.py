"""Asks the question of the open step again."""

from collections.abc import Callable

from rasa_sdk.events import EventType, SlotSet

from actions.cart import go_on, offer_choices, open_cart, show_catalogue
from actions.turn import Turn, enter_step
from shop.orders.placing import find_order
from shop.taps import menu_names
from storage.models import Order

# Rasa's forms ask again by themselves.
ASKED_BY_FORMS = ("quantity_input", "awaiting_order_id", "describing_issue")


def ask_again(turn: Turn) -> list[EventType]:
    """Asks again what is open; where nothing is, what is wanted."""
    if turn.step in ASKED_BY_FORMS:
        return []
    return QUESTIONS.get(turn.step or "", ask_what_next)(turn)


def leave_open(turn: Turn) -> list[EventType]:
    """The question waits without being asked again; this was no misunderstanding."""
    return [SlotSet("misunderstood", {"times": 0, "message": turn.cause, "aside": True})]


def ask_what_next(turn: Turn) -> list[EventType]:
    turn.say("utter_anything_else")
    return []


def ask_whether_correct(turn: Turn) -> list[EventType]:
    return go_on(turn, open_cart(turn))


def ask_what_to_change(turn: Turn) -> list[EventType]:
    cart = open_cart(turn)
    return offer_choices(turn, cart) if cart.lines else go_on(turn, cart)


def ask_which_issue(turn: Turn) -> list[EventType]:
    if not turn.show_menu(menu_names.SUPPORT):
        turn.say("utter_which_issue")
    return []


def ask_whether_to_cancel(turn: Turn) -> list[EventType]:
    order = find_order(turn.session, turn.customer, turn.slot("order_id"))
    return ask_before_cancelling(turn, order) if order else ask_what_next(turn)


def ask_before_cancelling(turn: Turn, order: Order) -> list[EventType]:
    """What matters is confirmed before it is done; an open cart waits meanwhile."""
    turn.say("utter_cancel_placed", order_number=order.order_id)
    slots = {"order_id": order.order_id, "cart": turn.cart or None, "place": turn.slot("place")}
    return enter_step("cancelling", **slots)


QUESTIONS: dict[str, Callable[[Turn], list[EventType]]] = {
    "category_selection": show_catalogue,
    "confirmation": ask_whether_correct,
    "editing": ask_what_to_change,
    "cancelling": ask_whether_to_cancel,
    "issue_selection": ask_which_issue,
}
