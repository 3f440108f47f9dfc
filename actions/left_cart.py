"""The abandoned cart, which is kept as long as the conversation lasts."""

from copy import copy
from dataclasses import replace

from actions.cart import reckon_cart
from actions.changes import list_changes
from actions.earlier_carts import abandoned_cart
from actions.placed_order import pending_order
from actions.turn import Turn
from shop.carts.change_phrases import speaks_of_a_change
from shop.carts.lines import lines_of_items


def mention_left_cart(turn: Turn) -> None:
    """Mentions the abandoned cart, if any, and how to continue with it."""
    left = abandoned_cart(turn.tracker)
    if not left:
        return
    cart = reckon_cart(turn, lines_of_items(left), left.get("notes"))
    if cart.lines:
        lines = "\n".join(f"{line.name} × {line.quantity}" for line in cart.lines)
        turn.say("utter_cart_waits", lines=lines)


def with_left_cart(turn: Turn, *, is_change: bool = False) -> Turn:
    """The turn with the abandoned cart open again, if the words add to it or change it; "2 teas" is
    a new order.

    is_change: whether the intent of the message is a change.
    """
    if turn.cart or not turn.typed or turn.entity("order_id"):
        return turn
    left = abandoned_cart(turn.tracker)
    if not left or not (is_change or changes_something(turn)) or shows_pending(turn):
        return turn
    tracker = copy(turn.tracker)
    terms = left.pop("terms", None)
    tracker.slots = {**tracker.slots, "cart": left, "terms": terms}
    return replace(turn, tracker=tracker)


def changes_something(turn: Turn) -> bool:
    """Whether the words add to the cart or change it: "add a juice", "2 more teas"."""
    said = list_changes(turn, [])
    is_added = any(one.change == "add" for one in said) or turn.says("more")
    return is_added or speaks_of_a_change(turn.signs, said)


def shows_pending(turn: Turn) -> bool:
    """Whether the last topic was a placed order that can still be changed."""
    return turn.step.shows_order and pending_order(turn) is not None
