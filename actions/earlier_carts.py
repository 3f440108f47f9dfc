"""Finds earlier carts of this conversation in Rasa's tracker."""

from collections.abc import Iterator
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, SlotSet

from shop.customers.conversations import LIFETIME

Cart = dict[str, Any]
# Marks what the customer has cancelled: no yes brings it back, "no wait" does.
CANCELLED = "cancelled"


def cart_before(tracker: Tracker) -> Cart:
    """The cart before the question for a quantity was opened; empty if there was none."""
    carts = (event["value"] for event in _latest_first(tracker, "cart"))
    return next((cart or {} for cart in carts if not cart or has_all_quantities(cart)), {})


def abandoned_cart(tracker: Tracker) -> Cart:
    """The complete cart that the customer saw and left for something else, with its `terms`; empty
    if there is none.

    Placing or cancelling a cart begins a new session without it; any other end of a session keeps
    it (turn.finish), unless the session has expired.
    """
    terms: list[Any] = []
    for event in _latest_first(tracker, "cart", "terms", "abandoned_cart"):
        value = event["value"]
        if event["name"] == "abandoned_cart" and (not value or value.get(CANCELLED)):
            return {}  # Emptied line by line, or cancelled.
        if event["name"] == "terms":
            terms.append(value)
        elif value and has_all_quantities(value):
            age = tracker.events[-1]["timestamp"] - event["timestamp"]
            return _with_terms(tracker, event, terms) if age < LIFETIME.total_seconds() else {}
        else:
            terms = []
    return {}


def _with_terms(tracker: Tracker, event: dict[str, Any], later: list[Any]) -> Cart:
    """The cart with its terms: those set right after it, else before; an abandoned one holds them
    itself."""
    if event["name"] == "abandoned_cart":
        return dict(event["value"])
    before = (e["value"] for e in _latest_first(tracker, "terms") if e["value"])
    terms = later[-1] if later else next(before, None)
    return {**event["value"], **({"terms": terms} if terms else {})}


def as_cancelled(cart: Cart, terms: Any) -> Cart:
    """A cart, or a placed order's lines, as it is kept after it was cancelled."""
    return {**cart, CANCELLED: True, **({"terms": terms} if terms else {})}


def cancelled_cart(tracker: Tracker) -> Cart:
    """What the customer has just cancelled, with its `terms`; empty if that is nothing."""
    kept: Cart = tracker.get_slot("abandoned_cart") or {}
    return kept if kept.get(CANCELLED) else {}


def forget_left() -> list[EventType]:
    """Forgets a cart that the customer has emptied, so that a yes does not bring it back."""
    return [SlotSet("abandoned_cart", None)]


def has_all_quantities(cart: Cart) -> bool:
    """Whether every line has a quantity."""
    return "total" in cart


def _latest_first(tracker: Tracker, *slots: str) -> Iterator[dict[str, Any]]:
    """The values of these slots in this session, or in the last one in a session's first turn."""
    for event in reversed(tracker.events):
        if event["event"] == "session_started":
            return
        if event["event"] == "slot" and event["name"] in slots:
            yield event
