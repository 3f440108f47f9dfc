"""Applies a number without a product to the cart, alone or beside a note."""

from dataclasses import replace

from rasa_sdk.events import EventType

from actions.cart import ask_next_question, offer_choices, reckon_cart
from actions.changes import noted_lines
from actions.earlier_carts import forget_left
from actions.notes import notes_now
from actions.turn import Turn
from shop.carts.amounts import amount_after, is_relative
from shop.carts.cart import MOST_OF_ONE, Cart
from shop.carts.cart_changes import Change, apply_changes, with_quantity
from shop.carts.change_phrases import number_change
from shop.carts.lines import RequestedLine
from shop.steps import steps


def set_quantity(turn: Turn, cart: Cart) -> list[EventType]:
    """Sets or changes the quantity of the only line; "make both 2" sets that of each line."""
    if each := turn.signs.first("of_each"):
        lines = [replace(line, quantity=each.number) for line in cart.requested_lines()]
        return ask_next_question(turn, reckon_cart(turn, noted_lines(turn, lines)))
    if len({line.product for line in cart.lines}) != 1:
        # "2 more" does not say of which line.
        number = None if is_relative(turn.signs) else turn.entity("quantity")
        return offer_choices(turn, cart, number=number)
    after = lines_after_number(turn, cart.requested_lines()) or []
    if not after:
        turn.say("utter_cart_empty")
        return [*ask_next_question(turn, reckon_cart(turn, [])), *forget_left()]
    return ask_next_question(turn, reckon_cart(turn, noted_lines(turn, after)))


def names_number(turn: Turn, cart: Cart) -> bool:
    """Whether a number is said for all products or the only one: "3", "one less", "double it"."""
    if turn.entity("quantity") is not None or turn.says("of_each"):
        return True
    return lines_after_number(turn, cart.requested_lines()) is not None


def is_of_part(turn: Turn) -> bool:
    """Whether the message changes only some of a line's things: "make one of them cold"."""
    return any(one.many is not None for one in notes_now(turn))


def lines_after_number(turn: Turn, lines: list[RequestedLine]) -> list[RequestedLine] | None:
    """The lines of one product after a number alone: `make it 3`, `2 more`, `one less`, `double
    it`; None if no number is said, or if there are several products."""
    if len({line.product for line in lines}) != 1:
        return None
    number = turn.entity("quantity")
    change: Change = "set"
    after = amount_after(turn.signs, sum(line.quantity or 0 for line in lines))
    if after is None and number is None:
        return None
    if after == 0:
        return []
    if after is None:
        change = number_change(turn.signs)
        after = int(number) if change == "set" else abs(int(number))
    return apply_changes(lines, change, [RequestedLine(lines[0].product, after)])


def answered_in_passing(turn: Turn, before: list[RequestedLine]) -> list[RequestedLine] | None:
    """The lines with a number that came with something else: `2 with sugar`, `2 pls, when do you
    close?`; None if no number was asked for or said."""
    number = turn.entity("quantity")
    open_one = next((line for line in before if line.quantity is None), None)
    is_answer = turn.step is steps.QUANTITY_INPUT and not turn.requested_lines() and not turn.is_tap
    if not is_answer or open_one is None or number is None or not 0 < int(number) <= MOST_OF_ONE:
        return None
    return noted_lines(turn, with_quantity(before, open_one.key, int(number)))


def take_number(turn: Turn, cart: Cart) -> list[EventType]:
    """Applies a number to the cart: as the quantity asked for, or to the only line; else does
    nothing."""
    if answered := answered_in_passing(turn, cart.requested_lines()):
        return ask_next_question(turn, reckon_cart(turn, answered))
    is_number = names_number(turn, cart) and not is_of_part(turn)
    return set_quantity(turn, cart) if is_number else []
