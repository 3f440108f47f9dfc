"""Reads facts about the current message from Rasa's tracker."""

from typing import Any

from rasa_sdk import Tracker

from shop.language.signs import Signs


def session_id(tracker: Tracker) -> str:
    """The session's id: the time when it started."""
    started = [event for event in tracker.events if event["event"] == "session_started"]
    return str(started[-1]["timestamp"]) if started else ""


def tapped_conversation(tracker: Tracker) -> dict[str, Any] | None:
    """The conversation of the tapped message; None if unknown."""
    return (tracker.latest_message.get("metadata") or {}).get("tapped")


def quoted_conversation(tracker: Tracker) -> dict[str, Any] | None:
    """The conversation of the message that a typed one quotes; None if it quotes none."""
    return (tracker.latest_message.get("metadata") or {}).get("quoted")


def arrived_late(tracker: Tracker) -> bool:
    """Whether the message reached us more than an hour after it was written."""
    return bool((tracker.latest_message.get("metadata") or {}).get("late"))


def latest_pin(tracker: Tracker) -> dict[str, Any] | None:
    """The place on the map that the customer sent last in this session; None if none was sent."""
    for event in reversed(tracker.events):
        if event["event"] == "session_started":
            break
        entities = (event.get("parse_data") or {}).get("entities") or []
        if pin := next((one["value"] for one in entities if one["entity"] == "place"), None):
            return dict(pin)
    return None


def signs_of(tracker: Tracker) -> Signs:
    """The signs (shop/language/signs.py) of the message."""
    return Signs.of_message(tracker.latest_message)


def names_product(tracker: Tracker) -> bool:
    """Whether a product is named; the SDK's own method ignores entities with a group."""
    entities = tracker.latest_message.get("entities", [])
    return any(entity["entity"] in ("product", "candidates") for entity in entities)


def was_meant(tracker: Tracker) -> bool:
    """Whether this is an earlier message with the intent that was tapped in "Did you mean"."""
    return bool((tracker.latest_message.get("metadata") or {}).get("meant"))
