"""A wish to change an order where no cart is open: the order that was placed is meant, or none."""

from rasa_sdk.events import EventType

from actions.cancel_order import AN_ORDER
from actions.cart import go_on, reckon_cart, show_catalogue
from actions.changes import changed_by, said_of
from actions.notes import notes_now, say_note_of_what
from actions.questions import ask_again
from actions.turn import Turn, enter_step
from shop.orders import order_status
from shop.orders.change_phrases import speaks_of_a_change
from shop.orders.placing import add_notes, find_order, latest_orders, of_session
from shop.steps import steps
from storage.models import Order


def edit_placed(turn: Turn) -> list[EventType]:
    """Says what is true of the placed order and what can be done; else starts an order."""
    order = order_meant(turn)
    if (
        order
        and not turn.requested_lines()
        and add_notes(turn.session, order, notes_now(turn, order.items))
    ):
        turn.say("utter_noted", order_number=order.order_id, words=turn.typed)
        return ask_again(turn)
    if order and (turn.is_old_tap or order.status in order_status.OPEN):
        return say_placed(turn, order)
    if turn.is_old_tap and turn.requested_lines():
        turn.say("utter_old_tap")
        return ask_again(turn)
    if turn.requested_lines():
        return go_on(turn, reckon_cart(turn, changed_by(turn, [], said_of(turn, []))))
    say_note_of_what(turn)
    return show_catalogue(turn)


def open_order(turn: Turn) -> Order | None:
    """The customer's last order, while it waits for somebody's hands."""
    latest = next(iter(latest_orders(turn.session, turn.customer, most=1)), None)
    return latest if latest and latest.status in order_status.OPEN else None


def order_meant(turn: Turn) -> Order | None:
    """The placed order that a wish to change something means, if it means one."""
    if turn.is_old_tap:
        return of_session(turn.session, turn.customer, (turn.tapped or {})["session"])
    if turn.requested_lines() and not speaks_of_placed(turn):
        return None
    number = turn.entity("order_id") or turn.slot("order_id")
    if number:
        return find_order(turn.session, turn.customer, number)
    return next(iter(latest_orders(turn.session, turn.customer, most=1)), None)


def speaks_of_placed(turn: Turn) -> bool:
    """Whether the words change an order or add to it; "2 teas" is one of its own.

    Whoever looks at the catalogue makes one now.
    """
    said = said_of(turn, [])
    adds = any(one.change == "add" for one in said) or speaks_of_a_change(turn.typed, said)
    return turn.step is not steps.CATEGORY_SELECTION and (adds or bool(AN_ORDER.search(turn.typed)))


def say_placed(turn: Turn, order: Order) -> list[EventType]:
    """What became of the order, and the ways on."""
    words = {"order_number": order.order_id, "status": turn.word(order.status)}
    if order.status not in order_status.OPEN:
        turn.say("utter_already_placed", **words)
        return ask_again(turn)
    pending = order.status == "pending"
    turn.say("utter_order_is_placed" if pending else "utter_order_under_way", **words)
    return [] if turn.step.is_at_rest else enter_step(steps.NOWHERE)
