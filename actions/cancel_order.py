"""Cancelling: an open cart or question at once, a placed order after a question."""

from rasa_sdk.events import EventType

from actions.cart import ask_next_question, open_cart, reckon_cart
from actions.changes import changed_by, list_changes
from actions.earlier_carts import Cart, abandoned_cart, as_cancelled, has_all_quantities
from actions.journeys import enter_step, finish_journey
from actions.placed_order import change_placed, pending_order
from actions.questions import ask_again, ask_before_cancelling
from actions.terms import Terms
from actions.turn import ShopAction, Turn
from shop.carts import kept_carts
from shop.customers.open_matters import may_be_open
from shop.orders import changing
from shop.orders.order_status import cancel_order
from shop.orders.placing import find_order, latest_orders, of_session
from shop.steps import steps
from storage.models import Order

OVER = ("delivered", "cancelled")


class CancelOrder(ShopAction):
    """Cancels the open cart or question; without one, offers to cancel the placed order."""

    called = "action_cancel_order"

    def act(self, turn: Turn) -> list[EventType]:
        if number := turn.entity("order_id"):
            return cancel_placed(turn, number, is_sure=turn.is_tap and not turn.is_late)
        if turn.is_of_before:
            return cancel_kept(turn) or old_cancel(turn)
        if turn.step.shows_order:
            is_sure = turn.step is steps.CANCELLING and not turn.is_late
            return cancel_placed(turn, turn.slot("order_id"), is_sure=is_sure)
        if turn.cart:
            return cancel_cart(turn)
        if not turn.step.is_at_rest and not means_placed(turn):
            turn.say("utter_left")
            # A customer who leaves order tracking does not give up the cart that waits.
            return finish_journey(turn, forget=not turn.step.is_beside_order)
        return cancel_kept(turn) or cancel_waiting(turn) or cancel_of_latest(turn)


class KeepOrder(ShopAction):
    """Keeps the placed order after all."""

    called = "action_keep_order"

    def act(self, turn: Turn) -> list[EventType]:
        return old_cancel(turn) if turn.is_old_tap else keep_order(turn)


def means_placed(turn: Turn) -> bool:
    """Whether the words speak of an order that was placed: "cancel" leaves what is open, "cancel my
    order" means a placed one, unless a new one is being chosen."""
    return turn.step is not steps.CATEGORY_SELECTION and turn.says("an_order")


def cancel_cart(turn: Turn) -> list[EventType]:
    """Gives up the cart; `cancel the tea` only removes the tea if the cart has other lines.

    `cancel and order 3 teas` starts a new cart.
    """
    before = open_cart(turn).requested_lines()
    said = list_changes(turn, before)
    left = changed_by(turn, before, said)
    if said and left:
        return ask_next_question(turn, reckon_cart(turn, left))
    return give_up(turn)


def cancel_kept(turn: Turn) -> list[EventType]:
    """Drops the cart that is kept until the shop opens; does nothing if there is none, or if a
    placed order is meant."""
    if turn.cart or not turn.step.is_at_rest:
        return []
    is_kept = may_be_open(turn.session, "kept_cart")
    if not (is_kept and kept_carts.find_kept_cart(turn.session, turn.customer)):
        return []
    named = of_session(turn.session, turn.customer, turn.named.get("session"))
    if named or (means_placed(turn) and pending_order(turn)):
        return []
    kept_carts.forget_kept_cart(turn.session, turn.customer)
    return give_up(turn)


def cancel_waiting(turn: Turn) -> list[EventType]:
    """Drops the abandoned cart; does nothing if there is none, or if a placed order is meant."""
    if turn.cart or not turn.step.is_at_rest or not abandoned_cart(turn.tracker):
        return []
    return [] if means_placed(turn) and pending_order(turn) else give_up(turn)


def give_up(turn: Turn) -> list[EventType]:
    """Says that nothing was ordered, and ends the conversation; "no wait" brings the cart back."""
    turn.say("utter_cancelled")
    return finish_journey(turn, forget=True, cancelled=given_up(turn))


def given_up(turn: Turn) -> Cart | None:
    """The complete cart that is cancelled now, as it can be brought back; None without one."""
    if turn.cart:
        is_whole = has_all_quantities(turn.cart)
        return as_cancelled(turn.cart, turn.slot("terms")) if is_whole else None
    left = abandoned_cart(turn.tracker)
    return as_cancelled(left, left.get("terms")) if left else None


def keep_order(turn: Turn) -> list[EventType]:
    """Says that the order stays; continues with a cart that waited meanwhile."""
    turn.say("utter_order_kept")
    return ask_next_question(turn, open_cart(turn)) if turn.cart else enter_step(steps.NOWHERE)


def old_cancel(turn: Turn) -> list[EventType]:
    """Answers an old Cancel button; nothing changes."""
    placed = of_session(turn.session, turn.customer, turn.named.get("session"))
    if placed and placed.status == "pending":
        return ask_before_cancelling(turn, placed)
    turn.say("utter_old_tap")
    return ask_again(turn)


def cancel_placed(turn: Turn, number: str, *, is_sure: bool) -> list[EventType]:
    """Cancels an order by its number when the customer is sure, else asks first."""
    order = find_order(turn.session, turn.customer, number)
    if order is None:
        turn.say("utter_order_not_found", order_number=number)
        return ask_again(turn)
    if order.status == "pending":
        if not is_sure:
            return ask_before_cancelling(turn, order)
        # Under the lock the status is up to date, even if somebody else has just changed it.
        cancel_order(turn.session, order)
    if order.status != "cancelled":
        turn.say("utter_cannot_cancel", order_number=order.order_id, status=turn.word(order.status))
        return enter_step(steps.NOWHERE) if turn.step.is_beside_order else []
    # Cancelled before, perhaps by this tap in an earlier try of the turn: the same words.
    turn.say("utter_order_cancelled", order_number=order.order_id)
    for other in pending_beside(turn, order):
        status = turn.word(other.status)
        turn.say("utter_order_stands", order_number=other.order_id, status=status)
    if turn.cart:
        return ask_next_question(turn, open_cart(turn))
    lines = {"items": order.items, "notes": order.notes}
    terms = Terms.from_json(changing.ordered_terms(order).as_json()).as_slot()
    return finish_journey(turn, cancelled=as_cancelled(lines, terms))


def cancel_of_latest(turn: Turn) -> list[EventType]:
    """Removes named products from the pending order ("cancel the sandwich"), else asks about it."""
    order = pending_order(turn)
    if order and list_changes(turn, changing.ordered_lines(order)):
        return change_placed(turn, order)
    return cancel_latest(turn)


def pending_beside(turn: Turn, cancelled: Order) -> list[Order]:
    """The customer's other orders that could still be cancelled: "cancel both" means them, too."""
    latest = latest_orders(turn.session, turn.customer)
    return [each for each in latest if each.status == "pending" and each is not cancelled]


def cancel_latest(turn: Turn) -> list[EventType]:
    """Asks whether to cancel the last order, or says that it is too late."""
    latest = latest_orders(turn.session, turn.customer, most=1)
    status = latest[0].status if latest else "cancelled"
    if status == "pending" or (status not in OVER and means_placed(turn)):
        return cancel_placed(turn, latest[0].order_id, is_sure=False)
    turn.say("utter_nothing_to_cancel")
    return enter_step(steps.NOWHERE)
