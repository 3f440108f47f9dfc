"""The slip in conversation: what is said of it, and where that leads."""

from typing import Any

from rasa_sdk.events import EventType, FollowupAction

from actions.turn import Turn, enter
from shop.cart import MOST_OF_ONE, Line, Slip, Wish, wishes_of
from shop.edits import with_quantity
from shop.menus import CATALOGUE
from shop.money import rupees

# A list of WhatsApp has ten rows; three of ours are for the ways on.
MOST_LINES_OFFERED = 7


def open_slip(turn: Turn) -> Slip:
    """The slip of this conversation at today's prices; empty where none is open."""
    return Slip.reckon(turn.session, wishes_of(turn.slip))


def go_on(turn: Turn, slip: Slip) -> list[EventType]:
    """Where a slip leads: to the catalogue, to the question how many, or to the summary."""
    if slip.missing:
        turn.say("utter_not_available", products=", ".join(slip.missing))
    if not slip.lines:
        return show_catalogue(turn)
    if refused := out_of_bounds(slip):
        turn.say("utter_quantity_out_of_bounds", most=MOST_OF_ONE)
        asked = with_quantity(slip.wishes(), refused.product, None)
        return ask_quantity(turn, Slip.reckon(turn.session, asked))
    return ask_quantity(turn, slip) if slip.unasked else summarise(turn, slip)


def show_catalogue(turn: Turn, page: int = 1) -> list[EventType]:
    """Shows what can be ordered; an open slip waits meanwhile."""
    if not turn.show_menu(CATALOGUE, page):
        turn.say("utter_no_menu")
    return enter("category_selection", slip=turn.slip or None, place=turn.slot("place"))


def ask_quantity(turn: Turn, slip: Slip) -> list[EventType]:
    """Opens the question how many of the line without a number; quantity_form asks it.

    Rules say so too where a test story can tell it; elsewhere the action alone leads there.
    """
    entered = enter("quantity_input", slip=slip.as_json(), place=turn.slot("place"))
    return [*entered, FollowupAction("quantity_form")]


def summarise(turn: Turn, slip: Slip) -> list[EventType]:
    """Says the slip and asks whether it is correct."""
    turn.say("utter_order_summary", **summary(turn, slip))
    return enter("confirmation", slip=slip.as_json(), place=turn.slot("place"))


def offer_choices(turn: Turn, slip: Slip) -> list[EventType]:
    """Offers each line, adding another, and the ways on."""
    if slip.unasked:
        return ask_quantity(turn, slip)
    if len(slip.lines) == 1:
        turn.say("utter_edit_choices", product=slip.lines[0].product_name)
    else:
        rows = [(line.product, f"✏️ {line.product_name} × {line.quantity}") for line in slip.lines]
        buttons = [
            {"title": title[:24], "payload": f'/edit_order{{"product": "{product}"}}'}
            for product, title in rows[:MOST_LINES_OFFERED]
        ]
        turn.dispatcher.utter_message(response="utter_which_line", buttons=buttons)
    return enter("editing", slip=slip.as_json(), place=turn.slot("place"))


def summary(turn: Turn, slip: Slip) -> dict[str, Any]:
    """The values of `utter_order_summary`: one line in a row, several below each other."""
    lines = [line.said() for line in slip.lines]
    if len(lines) == 1:
        return {"lines": f"{lines[0]} "}
    listed = "\n".join(f"• {line}" for line in lines)
    total = turn.word("total", total=rupees(slip.total))
    return {"lines": f"\n{listed}\n{total}\n\n"}


def praise(turn: Turn, line: Line) -> None:
    """Says that the choice is a good one, with its price."""
    price = rupees(line.price)
    turn.say("utter_great_choice", emoji=line.emoji, product=line.product_name, price=price)


def out_of_bounds(slip: Slip) -> Line | None:
    """The first line that nobody can order as it stands."""
    amounts = ((line, line.quantity) for line in slip.lines if line.quantity is not None)
    return next((line for line, amount in amounts if not 0 < amount <= MOST_OF_ONE), None)


def one_each(wishes: list[Wish]) -> list[Wish]:
    """Among several wishes, one without a number is one: `coffee and 2 samosas`."""
    if len(wishes) == 1:
        return wishes
    return [Wish(wish.product, 1 if wish.quantity is None else wish.quantity) for wish in wishes]
