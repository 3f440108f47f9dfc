"""Cancelling: what is under way at once, a placed order after a question."""

from rasa_sdk.events import EventType

from actions.slips import go_on, open_slip
from actions.turn import ShopAction, Turn, enter, finish
from shop import orders
from storage.models import Order

# Nothing is under way here that could be left.
NOTHING_OPEN = (None, "menu_shown", "showing_status")


class CancelOrder(ShopAction):
    """Leaves what is open; where nothing is, offers to cancel the order that was placed."""

    called = "action_cancel_order"

    def act(self, turn: Turn) -> list[EventType]:
        if turn.is_old_tap and not turn.entity("order_id"):
            return old_cancel(turn)
        if number := turn.entity("order_id"):
            return cancel_placed(turn, orders.find(turn.session, turn.customer, number))
        if turn.slip:
            turn.say("utter_cancelled")
            return finish(turn)
        if turn.step not in NOTHING_OPEN:
            turn.say("utter_left")
            return finish(turn)
        return cancel_latest(turn)


def old_cancel(turn: Turn) -> list[EventType]:
    """Cancel on a message of another time changes nothing."""
    placed = orders.of_session(turn.session, turn.customer, (turn.tapped or {}).get("session"))
    if placed and placed.status == "pending":
        return ask_first(turn, placed)
    turn.say("utter_old_tap")
    return go_on(turn, open_slip(turn)) if turn.slip else []


def cancel_placed(turn: Turn, order: Order | None) -> list[EventType]:
    """An order by its number: a tap on our question cancels it, words are asked first."""
    if order is None:
        turn.say("utter_order_not_found", order_number=turn.entity("order_id"))
        return []
    if order.status not in ("pending", "cancelled"):
        turn.say("utter_cannot_cancel", order_number=order.order_id, status=turn.word(order.status))
        return []
    if not turn.is_tap:
        return ask_first(turn, order)
    # Cancelled before, perhaps by this very tap in a turn that was not finished: the same words.
    orders.cancel(turn.session, order)
    turn.say("utter_order_cancelled", order_number=order.order_id)
    return finish(turn)


def cancel_latest(turn: Turn) -> list[EventType]:
    latest = orders.recent(turn.session, turn.customer, most=1)
    if latest and latest[0].status == "pending":
        return ask_first(turn, latest[0])
    turn.say("utter_nothing_to_cancel")
    return enter(None)


def ask_first(turn: Turn, order: Order) -> list[EventType]:
    """What matters is confirmed before it is done."""
    turn.say("utter_cancel_placed", order_number=order.order_id)
    return []
