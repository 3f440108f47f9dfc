"""Ordering: from a wish to a slip that waits for its confirmation."""

from typing import Any

from rasa_sdk import FormValidationAction, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.turn import ShopAction, Turn, enter
from shop.cart import MOST_OF_ONE, Line, Slip, Wish, wishes_of
from shop.keywords import CATALOGUE
from shop.money import rupees


class NewOrder(ShopAction):
    """Starts an order: the catalogue, the question how many, or the summary."""

    called = "action_new_order"

    def act(self, turn: Turn) -> list[EventType]:
        slip = Slip.reckon(turn.session, turn.wishes())
        if slip.missing:
            turn.say("utter_not_available", products=", ".join(slip.missing))
        if not slip.lines:
            return show_catalogue(turn)
        if refused := out_of_bounds(slip):
            turn.say("utter_quantity_out_of_bounds", most=MOST_OF_ONE)
            return ask_quantity(with_quantity(turn, slip, refused, None))
        if len(slip.lines) == 1 and slip.unasked:
            praise(turn, slip.lines[0])
            return ask_quantity(slip)
        return summarise(turn, one_each(turn, slip))


def show_catalogue(turn: Turn) -> list[EventType]:
    """Shows what can be ordered."""
    if not turn.show_menu(CATALOGUE):
        turn.say("utter_no_menu")
    return enter("category_selection")


def praise(turn: Turn, line: Line) -> None:
    """Says that the choice is a good one, with its price."""
    price = rupees(line.price)
    turn.say("utter_great_choice", emoji=line.emoji, product=line.product_name, price=price)


def ask_quantity(slip: Slip) -> list[EventType]:
    """Opens the question how many of the line without a number; quantity_form asks it."""
    return enter("quantity_input", slip=slip.as_json())


def summarise(turn: Turn, slip: Slip) -> list[EventType]:
    """Says the slip and asks whether it is correct."""
    turn.say("utter_order_summary", **summary(slip))
    return enter("confirmation", slip=slip.as_json())


def summary(slip: Slip) -> dict[str, Any]:
    """The values of `utter_order_summary`: one line in a row, several below each other."""
    lines = [line.said() for line in slip.lines]
    if len(lines) == 1:
        return {"lines": f"{lines[0]} "}
    listed = "\n".join(f"• {line}" for line in lines)
    return {"lines": f"\n{listed}\nTotal: {rupees(slip.total)}\n\n"}


def out_of_bounds(slip: Slip) -> Line | None:
    """The first line that nobody can order as it stands."""
    amounts = ((line, line.quantity) for line in slip.lines if line.quantity is not None)
    return next((line for line, amount in amounts if not 0 < amount <= MOST_OF_ONE), None)


def with_quantity(turn: Turn, slip: Slip, line: Line, quantity: int | None) -> Slip:
    """The slip with another quantity on one line."""
    wishes = [
        Wish(wish.product, quantity) if wish.product == line.product else wish
        for wish in slip.wishes()
    ]
    return Slip.reckon(turn.session, wishes)


def one_each(turn: Turn, slip: Slip) -> Slip:
    """Among several lines, one without a number is one: `coffee and 2 samosas`."""
    wishes = [Wish(wish.product, wish.quantity or 1) for wish in slip.wishes()]
    return Slip.reckon(turn.session, wishes)


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
        if value is None or 0 < int(value) <= MOST_OF_ONE:
            return {"quantity": value and int(value)}
        dispatcher.utter_message(response="utter_quantity_out_of_bounds", most=MOST_OF_ONE)
        return {"quantity": None}


class OrderSummary(ShopAction):
    """The quantity is known: says the slip, or asks for the next line's."""

    called = "action_order_summary"

    def act(self, turn: Turn) -> list[EventType]:
        slip = Slip.reckon(turn.session, wishes_of(turn.slip))
        if slip.unasked:
            slip = with_quantity(turn, slip, slip.unasked, turn.slot("quantity"))
        if not slip.lines:
            turn.say("utter_not_available", products=", ".join(slip.missing))
            return show_catalogue(turn)
        return ask_quantity(slip) if slip.unasked else summarise(turn, slip)
