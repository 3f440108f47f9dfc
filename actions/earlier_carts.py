"""Finds earlier carts of this conversation in Rasa's tracker."""

from collections.abc import Iterator
from typing import Any

from rasa_sdk import Tracker

from shop.customers.conversations import LIFETIME

Cart = dict[str, Any]


def cart_before(tracker: Tracker) -> Cart:
    """The cart as it was before the open question how many; empty where it began with that."""
    carts = (event["value"] for event in _latest_first(tracker, "cart"))
    return next((cart or {} for cart in carts if not cart or is_whole(cart)), {})


def abandoned_cart(tracker: Tracker) -> Cart:
    """The whole cart that was told and left for something else; empty where there is none.

    Whatever places or cancels a cart begins a new session and forgets it; any other end of a
    session carries it on (turn.finish), unless a customer was silent for as long as one lasts.
    """
    told = (e for e in _latest_first(tracker, "cart", "abandoned_cart") if e["value"])
    last = next((event for event in told if is_whole(event["value"])), None)
    if last is None:
        return {}
    age = tracker.events[-1]["timestamp"] - last["timestamp"]
    return dict(last["value"]) if age < LIFETIME.total_seconds() else {}


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
