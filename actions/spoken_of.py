"""What "it" means in a question: the products that the conversation is about."""

from actions.cart import open_cart
from actions.placed_order import open_order
from actions.turn import Turn


def spoken_of(turn: Turn) -> list[str]:
    """The skus that "what's in it?" is about, if the message names none.

    They are of the line whose quantity is asked for, the cart, the last named products, or the
    open order.
    """
    if turn.requested_lines() or not turn.says("points_back"):
        return []
    cart = open_cart(turn)
    if cart.unasked:
        return [cart.unasked.product]
    order = None if cart.lines else open_order(turn)
    ordered = [item["product"] for item in order.items] if order else []
    return [line.product for line in cart.lines] or named_last(turn) or ordered


def named_last(turn: Turn) -> list[str]:
    """The products of the last message of this conversation that named any."""
    for event in reversed(turn.tracker.events):
        if event["event"] == "session_started":
            break
        entities = (event.get("parse_data") or {}).get("entities") or []
        if found := [each["value"] for each in entities if each["entity"] == "product"]:
            return list(dict.fromkeys(found))
    return []
