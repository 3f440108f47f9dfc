"""Finds earlier carts of this conversation in Rasa's tracker."""

from collections.abc import Iterator
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, SlotSet

from shop.customers.conversations import LIFETIME

Cart = dict[str, Any]


def cart_before(tracker: Tracker) -> Cart:
    """The cart as it was before the open question for a quantity; empty if it began with that."""
    carts = (event["value"] for event in _latest_first(tracker, "cart"))
    return next((cart or {} for cart in carts if not cart or is_whole(cart)), {})


def abandoned_cart(tracker: Tracker) -> Cart:
    """The whole cart that was told and left for something else, with its `terms`; empty where
    there is none.

    Whatever places or cancels a cart begins a new session and forgets it; any other end of a
    session carries it on (turn.finish), unless a customer was silent for as long as one lasts.
    """
    terms: list[Any] = []
    for event in _latest_first(tracker, "cart", "terms", "abandoned_cart"):
        value = event["value"]
        if event["name"] == "abandoned_cart" and not value:  # Emptied line by line.
            return {}
        if event["name"] == "terms":
            terms.append(value)
        elif value and is_whole(value):
            age = tracker.events[-1]["timestamp"] - event["timestamp"]
            return _with_terms(tracker, event, terms) if age < LIFETIME.total_seconds() else {}
        else:
            terms = []
    return {}


def _with_terms(tracker: Tracker, event: dict[str, Any], later: list[Any]) -> Cart:
    """The cart with the terms that it was told with: those set right after it, else before; one
    that was left before has them with it."""
    if event["name"] == "abandoned_cart":
        return dict(event["value"])
    before = (e["value"] for e in _latest_first(tracker, "terms") if e["value"])
    terms = later[-1] if later else next(before, None)
    return {**event["value"], **({"terms": terms} if terms else {})}


def forget_left() -> list[EventType]:
    """What the customer emptied line by line is not left: it does not come back with a yes."""
    return [SlotSet("abandoned_cart", None)]


def is_whole(cart: Cart) -> bool:
    """Whether every line has its number."""
    return "total" in cart


def _latest_first(tracker: Tracker, *slots: str) -> Iterator[dict[str, Any]]:
    """What these slots were set to in this session; the turn that begins one sees the last, too."""
    for event in reversed(tracker.events):
        if event["event"] == "session_started":
            return
        if event["event"] == "slot" and event["name"] in slots:
            yield event
