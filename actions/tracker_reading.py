"""Reads facts about the current message from Rasa's tracker."""

from typing import Any

from rasa_sdk import Tracker

from shop.language.signs import Signs


def session_id(tracker: Tracker) -> str:
    """The session's id: the time when it started."""
    started = [event for event in tracker.events if event["event"] == "session_started"]
    return str(started[-1]["timestamp"]) if started else ""


def tapped_conversation(tracker: Tracker) -> dict[str, Any] | None:
    """The conversation in which we said what was tapped now; None where that is not known."""
    return (tracker.latest_message.get("metadata") or {}).get("tapped")


def quoted(tracker: Tracker) -> dict[str, Any] | None:
    """The conversation in which we said what a typed message quotes; None where there is none."""
    return (tracker.latest_message.get("metadata") or {}).get("quoted")


def is_late(tracker: Tracker) -> bool:
    """Whether the message reached us more than an hour after it was written."""
    return bool((tracker.latest_message.get("metadata") or {}).get("late"))


def signs_of(tracker: Tracker) -> Signs:
    """What the words say beside products and numbers."""
    return Signs.of_message(tracker.latest_message)


def names_product(tracker: Tracker) -> bool:
    """Whether a product is named; the SDK's own look passes over what has a group."""
    entities = tracker.latest_message.get("entities", [])
    return any(entity["entity"] in ("product", "candidates") for entity in entities)


def was_meant(tracker: Tracker) -> bool:
    """Whether these are words of before, with what was tapped for them in "Did you mean"."""
    return bool((tracker.latest_message.get("metadata") or {}).get("meant"))
