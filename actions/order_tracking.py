"""Order tracking: asks for the number and shows the status."""

from typing import Any

from rasa_sdk import FormValidationAction, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.journeys import enter_step
from actions.left_cart import mention_left_cart
from actions.order_progress import (
    asks_about_order,
    is_how_long,
    only_open_order,
    say_how_long,
    say_status,
)
from actions.support import take_issue
from actions.tracker_reading import names_product, signs_of, was_meant
from actions.turn import ShopAction, Turn, run_blocking
from shop.customers.profile import find_customer
from shop.orders.placing import (
    find_order,
    latest_orders,
    unfinished_orders,
)
from shop.steps import steps
from storage import engine

# With the way out there are three buttons in all.
MOST_TAPS = 2


class TrackOrder(ShopAction):
    """Says an order's status, or asks for its number."""

    called = "action_track_order"

    def act(self, turn: Turn) -> list[EventType]:
        answered = turn.slot("order_id") if turn.step is steps.AWAITING_ORDER_ID else None
        order_id = turn.entity("order_id") or answered
        if turn.cart and not is_how_long(turn):
            mention_left_cart(turn)
        if order_id is None:
            return without_number(turn)
        order = find_order(turn.session, turn.customer, order_id)
        if order is None:
            turn.say("utter_order_not_found", order_number=order_id)
            return enter_step(steps.AWAITING_ORDER_ID)
        said = say_status(turn, order)
        if not turn.cart:
            mention_left_cart(turn)
        return said


def without_number(turn: Turn) -> list[EventType]:
    """Asks for the number, the second time in a row with a word on where to find it.

    A question about the only open order is answered at once. Where we ask what is wrong, "it is
    late" is the answer and no wish to track.
    """
    if is_how_long(turn) and (said := say_how_long(turn)):
        return said
    if turn.step is steps.ISSUE_SELECTION and turn.typed and not turn.says("asks_where"):
        return take_issue(turn, "delivery")
    is_asked = turn.step is steps.AWAITING_ORDER_ID
    if not is_asked and asks_about_order(turn) and (order := only_open_order(turn)):
        return say_status(turn, order)
    if is_asked and turn.typed:
        knows_some = latest_orders(turn.session, turn.customer, most=1)
        turn.say("utter_order_id_forgotten" if knows_some else "utter_no_order_known")
    return enter_step(steps.AWAITING_ORDER_ID)


class AskOrderId(ShopAction):
    """Asks for the number, with the customer's latest orders to tap on."""

    called = "action_ask_order_id"

    def act(self, turn: Turn) -> list[EventType]:
        if turn.is_aside:
            return []
        turn.dispatcher.utter_message(response="utter_ask_order_id", buttons=recent_orders(turn))
        return []


def recent_orders(turn: Turn) -> list[dict[str, str]]:
    """Buttons for the customer's open orders, newest first, else for the latest; and a way out."""
    customer = turn.customer
    unfinished = unfinished_orders(turn.session, customer) if customer else []
    latest = latest_orders(turn.session, customer, most=MOST_TAPS)
    offered = dict.fromkeys(order.order_id for order in [*reversed(unfinished), *latest])
    taps = [
        {"title": number, "payload": f'/track_order{{"order_id": "{number}"}}'}
        for number in list(offered)[:MOST_TAPS]
    ]
    return [*taps, {"title": turn.word("main_menu"), "payload": "/show_menu"}]


class ValidateOrderTracking(FormValidationAction):
    """Takes an order's number in any spelling; for an unknown one the question stays open."""

    def name(self) -> str:
        return "validate_order_tracking_form"

    async def extract_order_id(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> dict[str, Any]:
        if tracker.get_slot("requested_slot") != "order_id":
            return {}
        named = next(tracker.get_latest_entity_values("order_id"), None)
        order_id = named or number_typed(tracker)
        return {"order_id": order_id} if order_id else {}

    async def validate_order_id(
        self,
        value: str | None,
        dispatcher: CollectingDispatcher,
        tracker: Tracker,
        domain: dict[str, Any],
    ) -> dict[str, str | None]:
        # Rasa also shows us the slot as it was emptied when the question was opened.
        if value is None or await run_blocking(is_own_order, tracker.sender_id, value):
            return {"order_id": value}
        dispatcher.utter_message(response="utter_order_not_found", order_number=value)
        return {"order_id": None}


def number_typed(tracker: Tracker) -> str | None:
    """The typed answer to the question for the number; None for a tap or an order."""
    text = tracker.latest_message.get("text") or ""
    is_tap = text.startswith("/") or was_meant(tracker)
    intent = tracker.get_intent_of_latest_message()
    is_else = is_tap or intent in steps.AWAITING_ORDER_ID.question.interrupted_by
    return None if is_else or names_product(tracker) else signs_of(tracker).value("order_number")


def is_own_order(sender_id: str, order_id: str) -> bool:
    """Whether it is an order of this customer."""
    with engine.session() as session:
        customer = find_customer(session, sender_id)
        return find_order(session, customer, order_id) is not None
