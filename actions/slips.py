"""The slip in conversation: what is said of it, and where that leads."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from rasa_sdk.events import EventType, FollowupAction

from actions.notes import noted
from actions.turn import Turn, enter
from shop.cart import MOST_OF_ONE, Line, Slip, Wish, wishes_of
from shop.menus import CATALOGUE
from shop.money import rupees
from shop.notes import Notes, as_lines


def open_slip(turn: Turn) -> Slip:
    """The slip of this conversation at today's prices; empty where none is open."""
    return slip_of(turn, wishes_of(turn.slip))


def slip_of(turn: Turn, wishes: Iterable[Wish], notes: Notes | None = None) -> Slip:
    """The wishes at today's prices; `notes` count where the open slip has none of its own."""
    before = turn.slip.get("notes", notes)
    return Slip.reckon(turn.session, wishes, noted(turn, before or {}))


def go_on(turn: Turn, slip: Slip) -> list[EventType]:
    """Where a slip leads: to the catalogue, to the question how many, or to the summary."""
    if slip.missing:
        turn.say("utter_not_available", products=", ".join(slip.missing))
    if not slip.lines:
        return show_catalogue(turn, kept=slip)
    if not all(map(can_be_had, slip.wishes())):
        turn.say("utter_quantity_out_of_bounds", most=MOST_OF_ONE)
        slip = slip_of(turn, within_bounds(turn, slip))
    return ask_quantity(turn, slip) if slip.unasked else summarise(turn, slip)


def show_catalogue(turn: Turn, page: int = 1, kept: Slip | None = None) -> list[EventType]:
    """Shows what can be ordered; what is on the open slip with a number waits meanwhile."""
    wishes = [wish for wish in (kept or open_slip(turn)).wishes() if wish.quantity is not None]
    slip = slip_of(turn, wishes)
    if slip.lines:
        lines = "\n".join(f"{line.product_name} × {line.quantity}" for line in slip.lines)
        turn.say("utter_kept", lines=lines)
    if not turn.show_menu(CATALOGUE, page):
        turn.say("utter_no_menu")
    return enter("category_selection", slip=slip.as_json(), place=turn.slot("place"))


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


def offer_choices(turn: Turn, slip: Slip, page: int = 1) -> list[EventType]:
    """Offers adding another line, the ways on, and each line; what a list cannot hold, in pages."""
    if slip.unasked:
        return ask_quantity(turn, slip)
    if len(slip.lines) == 1:
        turn.say("utter_edit_choices", product=slip.lines[0].product_name)
    else:
        rows = [(line.product, f"✏️ {line.product_name} × {line.quantity}") for line in slip.lines]
        buttons = [
            {"title": title[:24], "payload": f'/edit_order{{"product": "{product}"}}'}
            for product, title in rows
        ]
        pages = {"name": "edit_order", "page": page} if turn.on_whatsapp else None
        turn.dispatcher.utter_message(
            response="utter_which_line", buttons=buttons, json_message=pages
        )
    return enter("editing", slip=slip.as_json(), place=turn.slot("place"))


def summary(turn: Turn, slip: Slip) -> dict[str, Any]:
    """The values of `utter_order_summary`."""
    names = {line.product: line.product_name for line in slip.lines}
    said = [line.said() for line in slip.lines]
    return {"lines": lines_of(turn, said, slip.total, as_lines(slip.notes, names))}


def lines_of(turn: Turn, said: list[str], total: Decimal, notes: Iterable[str]) -> str:
    """An order, line by line: its products, the total where they are several, and its notes."""
    sum_up = [turn.word("total", total=rupees(total))] if len(said) > 1 else []
    return "\n".join([*said, *sum_up, *(f"📝 {note}" for note in notes)])


def is_first_choice(slip: Slip) -> bool:
    """Whether one product was chosen and nothing else."""
    return len(slip.lines) == 1 and slip.unasked is not None


def praise(turn: Turn, line: Line) -> None:
    """Says that the choice is a good one, with its price."""
    price = rupees(line.price)
    turn.say("utter_great_choice", emoji=line.emoji, product=line.product_name, price=price)


def can_be_had(wish: Wish) -> bool:
    """Whether so many can be ordered; a number that is still to be asked will be."""
    return wish.quantity is None or 0 < wish.quantity <= MOST_OF_ONE


def within_bounds(turn: Turn, slip: Slip) -> list[Wish]:
    """The wishes, with the number of before, or none, where nobody can order so many."""
    before = {wish.product: wish.quantity for wish in wishes_of(turn.slip)}
    return [
        wish if can_be_had(wish) else Wish(wish.product, before.get(wish.product))
        for wish in slip.wishes()
    ]
