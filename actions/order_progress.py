"""Tells an order's status, its steps so far, and its promised time."""

from rasa_sdk.events import EventType

from actions.cart import ask_next_question, open_cart
from actions.closed import moment_in_words
from actions.journeys import enter_step
from actions.promise import AT, say_minutes
from actions.turn import Turn
from shop.carts.lines import name_line, options_of_item, told_apart
from shop.fulfilment.promises import judge_lateness
from shop.opening.reading import read_local_now, read_settings
from shop.orders.news import UNACCEPTED
from shop.orders.placing import unfinished_orders
from shop.products import catalogue
from shop.products.money import format_rupees
from shop.steps import steps
from storage.models import Order

# The stages of an order; for pick-up and at a table "ready" is the last one shown.
STAGES = ("pending", "confirmed", "preparing", "ready", "delivered")
DONE, AHEAD, UNDER_WAY = "✅", "▫️", "⏳"


def is_how_long(turn: Turn) -> bool:
    """Whether the message asks how long an order takes, and not for the shop's hours."""
    return turn.says("how_long") and not turn.says("opening")


def say_how_long(turn: Turn) -> list[EventType]:
    """Says how long the cart takes, or how far the only open order is; else does nothing."""
    cart = open_cart(turn)
    if cart.lines:
        say_minutes(turn, cart)
        return ask_next_question(turn, cart)
    order = only_open_order(turn)
    return say_status(turn, order) if order else []


def asks_about_order(turn: Turn) -> bool:
    """Whether typed words ask about an order without its number."""
    return bool(turn.typed) and not turn.says("track")


def only_open_order(turn: Turn) -> Order | None:
    """The customer's open order, if there is exactly one."""
    customer = turn.customer
    orders = unfinished_orders(turn.session, customer) if customer else []
    return orders[0] if len(orders) == 1 else None


def say_status(turn: Turn, order: Order) -> list[EventType]:
    """Says an order's status, how far it has come and what is promised."""
    values = status_values(turn, order)
    news = [line for line in (progress_line(turn, order), promise_line(turn, order)) if line]
    lines = "\n".join([*news, "", values["lines"]]) if news else values["lines"]
    by_staff = read_settings(turn.session).accepts_orders == "by_staff"
    is_open = by_staff and order.status == "pending" and order.accepted_at is None
    status = "unaccepted" if is_open else order.status
    turn.say(f"utter_status_{status}", **{**values, "lines": lines})
    return enter_step(steps.SHOWING_STATUS, order_id=order.order_id)


def status_values(turn: Turn, order: Order) -> dict[str, str]:
    """The values of `utter_status_*`; orders entered by SQL may name the product alone."""
    known = catalogue.find_by_sku(turn.session, [item["product"] for item in order.items])
    apart, _ = told_apart([item["product"] for item in order.items], order.notes)
    lines = []
    for item, note in zip(order.items, apart, strict=True):
        product = known.get(item["product"])
        name = item.get("product_name") or (product.name if product else item["product"])
        lines.append(f"{name_line(name, note, options_of_item(item))} × {item['quantity']}")
    return {
        "order_number": order.order_id,
        "lines": "\n".join(lines),
        "total": format_rupees(order.total),
    }


def progress_line(turn: Turn, order: Order) -> str:
    """`✅ Placed → ⏳ Preparing → ▫️ Ready`; empty for an order that is over."""
    if order.status not in STAGES[:-1]:
        return ""
    is_by_staff = read_settings(turn.session).accepts_orders == "by_staff"
    stages = [
        stage
        for stage in STAGES
        if (stage != "confirmed" or is_by_staff or order.status == "confirmed")
        and (stage != "delivered" or order.fulfilment == "delivery")
    ]
    reached = STAGES.index(order.status)
    return " → ".join(
        f"{mark_of(stage, reached)} {turn.word(f'stage_{stage}')}" for stage in stages
    )


def mark_of(stage: str, reached: int) -> str:
    """The sign before a stage: done, in progress, or ahead."""
    place = STAGES.index(stage)
    if place == reached and stage == "preparing":
        return UNDER_WAY
    return DONE if place <= reached else AHEAD


def promise_line(turn: Turn, order: Order) -> str:
    """When the order is ready or there, with an apology if it is late; or why it was cancelled.

    An order for a later time that is not accepted yet shows only that time.
    """
    if order.status == "cancelled":
        return reason_line(turn, order)
    is_there = order.status == "ready" and order.fulfilment != "delivery"
    if is_there or order.status == "delivered":
        return ""
    now = read_local_now(turn.session)
    if order.promised_at is None:
        if order.due_at is None:
            return ""
        return turn.word("terms_time", time=moment_in_words(turn, order.due_at, now))
    time = moment_in_words(turn, order.promised_at, now)
    if judge_lateness(order, now) == "late":
        return turn.word("promise_late", time=time)
    return f"⏱️ {turn.word(AT[order.fulfilment], time=time)}"


def reason_line(turn: Turn, order: Order) -> str:
    """Why the shop cancelled it; empty without a reason."""
    if order.cancel_reason == UNACCEPTED:
        return turn.word("reason_unaccepted")
    return turn.word("reason", reason=order.cancel_reason) if order.cancel_reason else ""
