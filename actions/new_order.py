"""Ordering: from a wish to a slip that waits for its confirmation."""

import re
from typing import Any

from rasa_sdk import FormValidationAction, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.changes import changed_by, said_of
from actions.heard import is_old_tap
from actions.not_sold import say_what_is_not_sold
from actions.notes import notes_now, say_note_of_what
from actions.slips import go_on, is_first_choice, open_slip, praise, show_catalogue, slip_of
from actions.turn import ShopAction, Turn
from shop import orders
from shop.cart import MOST_OF_ONE, Slip, Wish, wishes_of
from shop.edit_words import is_choice
from shop.edits import changed

# "the same as last time", "repeat my last order", "wahi phir se"
AGAIN = re.compile(r"\b(again|repeat|reorder|same|usual|last (time|order)|phir se|wahi)\b", re.I)


class NewOrder(ShopAction):
    """Starts an order or adds to it: the catalogue, the question how many, or the summary."""

    called = "action_new_order"

    def act(self, turn: Turn) -> list[EventType]:
        if not turn.wishes():
            return go_on(turn, open_slip(turn)) if turn.slip and notes_now(turn) else choose(turn)
        is_other_kind = say_what_is_not_sold(turn)
        slip = slip_of(turn, wanted(turn))
        if is_first_choice(slip) and not is_other_kind:
            praise(turn, slip.lines[0])
        return go_on(turn, slip)


def choose(turn: Turn) -> list[EventType]:
    """A wish to order that names nothing of ours: the catalogue, unless it is to be as before."""
    if AGAIN.search(turn.typed):
        return order_again(turn)
    if turn.typed and turn.entity("quantity") is not None:
        turn.say("utter_not_on_the_menu")  # "2 burgers"
    else:
        say_note_of_what(turn)
    return show_catalogue(turn, int(turn.entity("page") or 1))


def wanted(turn: Turn) -> list[Wish]:
    """What was named now, together with the slip that is open.

    Whoever is asked how many of one product and chooses another has changed their mind.
    """
    before = wishes_of(turn.slip)
    said = said_of(turn, before)
    chosen = {one.product for one in said}
    unasked = [w for w in before if w.quantity is None and w.product not in chosen]
    wishes = changed_by(turn, before, said)
    is_another = said and all(map(is_choice, said))
    left_out = [wish for wish in unasked if wish in wishes] if is_another else []
    for line in Slip.reckon(turn.session, left_out).lines:
        turn.say("utter_left_out", product=line.product_name)
    return [wish for wish in wishes if wish not in left_out]


class OrderAgain(ShopAction):
    """Puts what was ordered last on a slip, at today's prices."""

    called = "action_order_again"

    def act(self, turn: Turn) -> list[EventType]:
        return order_again(turn)


def order_again(turn: Turn) -> list[EventType]:
    """The last order's lines as a slip; the catalogue where there is none."""
    latest = orders.recent(turn.session, turn.customer, most=1)
    if not latest:
        turn.say("utter_no_last_order")
        return show_catalogue(turn)
    return go_on(turn, slip_of(turn, wishes_of({"items": latest[0].items}), latest[0].notes))


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
        several = len((tracker.get_slot("slip") or {}).get("items", [])) > 1
        # None of one product among several: the line is taken off.
        if (0 if several else 1) <= int(value) <= MOST_OF_ONE:
            return {"quantity": int(value)}
        dispatcher.utter_message(response="utter_quantity_out_of_bounds", most=MOST_OF_ONE)
        return {"quantity": None}


class AskQuantity(ShopAction):
    """Asks how many of the line that has no number yet."""

    called = "action_ask_quantity"

    def act(self, turn: Turn) -> list[EventType]:
        slip = open_slip(turn)
        if turn.is_aside:
            return []
        if slip.unasked and len(slip.lines) > 1:
            turn.say("utter_ask_quantity_of", product=slip.unasked.product_name)
        else:
            turn.say("utter_ask_quantity")
        return []


class OrderSummary(ShopAction):
    """The quantity is known: says the slip, or asks for the next line's."""

    called = "action_order_summary"

    def act(self, turn: Turn) -> list[EventType]:
        slip = open_slip(turn)
        if slip.unasked:
            answer = Wish(slip.unasked.product, turn.slot("quantity") or None)
            known = changed(slip.wishes(), "set" if answer.quantity else "remove", [answer])
            slip = slip_of(turn, known)
        return go_on(turn, slip)
