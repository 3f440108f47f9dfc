"""The end of an order: confirmed."""

from typing import Any

from rasa_sdk.events import EventType

from actions.earlier_slips import slip_left
from actions.questions import ask_again
from actions.slips import go_on, lines_of, open_slip, slip_of
from actions.turn import ShopAction, Turn, finish
from shop import orders, tickets
from shop.cart import said, wishes_of
from shop.notes import as_lines
from shop.order_checks import NotPlaceable, TooManyOrders
from storage.models import Order


class ConfirmOrder(ShopAction):
    """Places the order just as the customer was told it, once."""

    called = "action_confirm_order"

    def act(self, turn: Turn) -> list[EventType]:
        if turn.is_of_before:
            return old_confirm(turn)
        if turn.step in ("confirmation", "editing"):
            return confirm(turn)
        if turn.step == "category_selection" and turn.slip:
            return go_on(turn, open_slip(turn))
        return reopen_left(turn) or nothing_to_confirm(turn)


def confirm(turn: Turn) -> list[EventType]:
    """Places the open slip, or shows it once more where it is not what was told."""
    if placed := orders.caused_by(turn.session, turn.cause):
        # This turn was run before and not finished: the same words again.
        return confirmed(turn, placed)
    slip = open_slip(turn)
    if turn.is_late:
        return go_on(turn, slip)
    if not slip.same_price_as(turn.slip):
        if not slip.missing:
            turn.say("utter_order_changed")
        return go_on(turn, slip)
    try:
        placed = orders.place(
            turn.session,
            turn.customer,
            slip,
            turn.cause,
            conversation=turn.session_id,
            delivery_place=turn.slot("place"),
        )
    except TooManyOrders:
        tickets.call_person(turn.session, turn.customer, "(many orders)", turn.cause)
        turn.say("utter_too_many_orders")
        return []
    except NotPlaceable:
        return go_on(turn, open_slip(turn))
    return confirmed(turn, placed)


def confirmed(turn: Turn, order: Order) -> list[EventType]:
    """Says that the order is placed; this conversation is over."""
    names = {item["product"]: item["product_name"] for item in order.items}
    placed = [said(item) for item in order.items]
    lines = lines_of(turn, placed, order.total, as_lines(order.notes, names))
    turn.say("utter_order_confirmed", order_number=order.order_id, lines=lines)
    return finish(turn, forget=True)


def old_confirm(turn: Turn) -> list[EventType]:
    """Confirm on a message of another time: what is true now, and the way on."""
    then = turn.named
    placed = orders.of_session(turn.session, turn.customer, then["session"])
    now = open_slip(turn)
    if placed:
        turn.say("utter_already_placed", **number_and_status(turn, placed))
        return ask_again(turn)
    if now.lines:
        turn.say("utter_slip_changed")
        return go_on(turn, now)
    return reopen(turn, as_slip(then["context"])) or nothing_to_confirm(turn)


def reopen_left(turn: Turn) -> list[EventType]:
    """The slip that was left for something else comes back; nothing where there is none."""
    return [] if turn.slip else reopen(turn, slip_left(turn.tracker))


def reopen(turn: Turn, slip: dict[str, Any]) -> list[EventType]:
    """A slip that was not placed is told once more; nothing where none of it can be had."""
    then = slip_of(turn, wishes_of(slip), slip.get("notes"))
    if not then.lines:
        return []
    turn.say("utter_slip_reopened")
    return go_on(turn, then)


def as_slip(context: dict[str, Any]) -> dict[str, Any]:
    """A conversation's context as a slip: one line stands flat in it."""
    return context if "items" in context or "product" not in context else {"items": [context]}


def nothing_to_confirm(turn: Turn) -> list[EventType]:
    """Says what is true now: the last order stands, and nothing waits."""
    latest = orders.recent(turn.session, turn.customer, most=1)
    if latest:
        turn.say("utter_last_order_stands", **number_and_status(turn, latest[0]))
    else:
        turn.say("utter_nothing_to_confirm")
    return ask_again(turn)


def number_and_status(turn: Turn, order: Order) -> dict[str, str]:
    return {"order_number": order.order_id, "status": turn.word(order.status)}
