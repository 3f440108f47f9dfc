"""The end of an order: confirmed, or cancelled."""

from rasa_sdk.events import EventType, SessionStarted

from actions.new_order import show_catalogue, summarise
from actions.turn import ShopAction, Turn
from shop import orders
from shop.cart import Slip, wishes_of
from storage.models import Order


class ConfirmOrder(ShopAction):
    """Places the order just as the customer was told it, once."""

    called = "action_confirm_order"

    def act(self, turn: Turn) -> list[EventType]:
        if turn.step not in ("confirmation", "editing"):
            return nothing_to_confirm(turn)
        slip = Slip.reckon(turn.session, wishes_of(turn.slip))
        if not slip.same_price_as(turn.slip):
            return changed_meanwhile(turn, slip)
        placed = orders.place(turn.session, turn.customer, slip, turn.cause)
        turn.say("utter_order_confirmed", **words(slip, placed))
        return [SessionStarted()]


class CancelOrder(ShopAction):
    """Cancels what is under way, at once."""

    called = "action_cancel_order"

    def act(self, turn: Turn) -> list[EventType]:
        turn.say("utter_cancelled" if turn.slip else "utter_nothing_to_cancel")
        return [SessionStarted()]


def words(slip: Slip, order: Order) -> dict[str, str]:
    """The values of `utter_order_confirmed`."""
    lines = "\n".join(line.said() for line in slip.lines)
    return {"order_number": order.order_id, "lines": lines}


def nothing_to_confirm(turn: Turn) -> list[EventType]:
    """Says what is true now: the last order stands, and nothing waits."""
    latest = orders.recent(turn.session, turn.customer, most=1)
    if latest:
        turn.say("utter_already_placed", order_number=latest[0].order_id, status=latest[0].status)
    else:
        turn.say("utter_nothing_to_confirm")
    return []


def changed_meanwhile(turn: Turn, slip: Slip) -> list[EventType]:
    """A price or what is on offer changed since the customer was told: asks anew."""
    if slip.missing:
        turn.say("utter_not_available", products=", ".join(slip.missing))
    if not slip.lines:
        return show_catalogue(turn)
    turn.say("utter_order_changed")
    return summarise(turn, slip)
