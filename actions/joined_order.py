"""An open cart that becomes part of the order that was just placed."""

from rasa_sdk.events import EventType

from actions.closed import responses_said
from actions.earlier_carts import forget_left
from actions.place_questions import with_fee_now
from actions.placed_order import is_long_ago, leave_to_staff, pending_order, write_change
from actions.turn import Turn
from shop.carts.cart import Cart
from shop.carts.cart_changes import Said, lines_after
from shop.carts.notes import WHOLE, join_words
from shop.orders import changing


def join_placed(turn: Turn, cart: Cart) -> list[EventType] | None:
    """ "Add it to that order": the open cart's lines join the order that was just placed.

    None where that is not said, or no order can take them.
    """
    if not turn.says("to_that_order") or turn.requested_lines() or cart.unasked:
        return None
    order = pending_order(turn)
    if order is None or is_long_ago(turn, order):
        return None
    try:
        changing.lock_pending(turn.session, order)
    except changing.NotPending:
        return leave_to_staff(turn, order)
    added = [
        Said(line.product, line.quantity, "add", line.note, line.options)
        for line in cart.requested_lines()
    ]
    lines = lines_after(changing.ordered_lines(order), added)
    note = join_words((order.notes or {}).get(WHOLE, ""), cart.note)
    joined = changing.ordered_cart(turn.session, order, lines, note)
    went_on = write_change(turn, order, with_fee_now(turn, joined))
    is_done = "utter_placed_changed" in responses_said(turn)
    return [*went_on, *forget_left()] if is_done else went_on
