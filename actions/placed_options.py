"""Options that were said without a product after an order was placed: "make it large"."""

from rasa_sdk.events import EventType

from actions.option_changes import lines_with_options
from actions.placed_order import change_placed, is_long_ago, open_order
from actions.turn import Turn
from shop.orders import changing


def change_options_placed(turn: Turn) -> list[EventType] | None:
    """Changes the options of the order that was just placed, or leaves that to staff once they have
    begun; None if the words do not name any."""
    if turn.cart or not turn.typed or not turn.step.is_at_rest:
        return None
    order = open_order(turn)
    if not order or is_long_ago(turn, order):
        return None
    is_named = lines_with_options(turn, changing.ordered_lines(order))
    return change_placed(turn, order) if is_named else None
