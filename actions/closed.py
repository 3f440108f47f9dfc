"""Replies while the shop takes no orders, and keeps the cart meanwhile."""

from datetime import datetime

from rasa_sdk.events import EventType

from actions.journeys import finish_journey
from actions.terms import Terms
from actions.turn import Turn
from shop.carts import kept_carts
from shop.carts.cart import Cart
from shop.customers.open_matters import begin_matter
from shop.language.moments import describe_moment
from shop.opening.reading import read_settings
from shop.opening.state import OpeningState, read_opening_state

# The responses that say that no orders are taken now.
SAY_CLOSED = frozenset(
    {"utter_closed", "utter_closed_for_long", "utter_paused", "utter_paused_until"}
)


def keep_while_closed(turn: Turn, state: OpeningState, cart: Cart, terms: Terms) -> list[EventType]:
    """Says that nothing can be ordered now; the cart is kept until it can."""
    say_closed(turn, state)
    kept_carts.keep_cart(turn.session, turn.customer, cart.as_json() or {}, terms.as_slot() or {})
    begin_matter(turn.session, "kept_cart")
    lines = [line.said() if line.quantity else line.name for line in cart.lines]
    turn.say("utter_kept_while_closed", lines="\n".join(lines))
    return finish_journey(turn, forget=True)


def refuse_while_closed(turn: Turn) -> list[EventType] | None:
    """Refuses a new order while the shop takes none; None while it takes orders.

    If the shop takes orders ahead, it only says that it is closed, and ordering goes on.
    """
    state = read_opening_state(turn.session)
    if state.is_open:
        return None
    say_closed(turn, state)
    if takes_orders(turn, state):
        turn.say("utter_order_ahead")
        return None
    turn.say("utter_closed_way_on")
    return finish_journey(turn)


def takes_orders(turn: Turn, state: OpeningState) -> bool:
    """Whether an order can be placed now, or a later time be chosen."""
    is_ahead = state.condition == "closed" and read_settings(turn.session).order_ahead_days > 0
    return state.is_open or is_ahead


def mention_closed(turn: Turn) -> None:
    """Adds that the shop is closed to another answer; does nothing while it is open."""
    state = read_opening_state(turn.session)
    if state.is_open:
        return
    say_closed(turn, state)
    if takes_orders(turn, state):
        turn.say("utter_order_ahead")


def say_closed(turn: Turn, state: OpeningState) -> None:
    """Says closed or paused, until when, and the owner's note; only once in a turn."""
    if SAY_CLOSED & responses_said(turn):
        return
    kind = "paused" if state.condition == "paused" else "closed"
    if state.opens_at is None:
        turn.say("utter_paused" if kind == "paused" else "utter_closed_for_long")
    else:
        opens = moment_in_words(turn, state.opens_at, state.now)
        turn.say("utter_paused_until" if kind == "paused" else "utter_closed", opens=opens)
    if state.note:
        turn.dispatcher.utter_message(text=state.note)


def responses_said(turn: Turn) -> set[str]:
    """The responses that this turn has said, in this action and in those before it."""
    said = {str(each.get("response")) for each in turn.dispatcher.messages}
    for event in reversed(turn.tracker.events):
        if event["event"] == "user":
            break
        if event["event"] == "bot":
            said.add(str((event.get("metadata") or {}).get("utter_action")))
    return said


def moment_in_words(turn: Turn, moment: datetime, now: datetime) -> str:
    """A moment as the customer reads it; `now` is in the shop's time zone."""
    return describe_moment(moment, now, turn.language)
