"""Reads facts about the current message from Rasa's tracker."""

from typing import Any

from rasa_sdk import Tracker

from shop.customers import conversations


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


def names_product(tracker: Tracker) -> bool:
    """Whether a product is named; the SDK's own look passes over what has a group."""
    entities = tracker.latest_message.get("entities", [])
    return any(entity["entity"] in ("product", "candidates") for entity in entities)


def was_meant(tracker: Tracker) -> bool:
    """Whether these are words of before, with what was tapped for them in "Did you mean"."""
    return bool((tracker.latest_message.get("metadata") or {}).get("meant"))


def is_old_tap(tracker: Tracker) -> bool:
    """Whether the tap belongs to another conversation, or to what has changed since."""
    return _is_over(tracker, tapped_conversation(tracker))


def is_old_quote(tracker: Tracker) -> bool:
    """Whether a typed message quotes another conversation, or what has changed since."""
    return _is_over(tracker, quoted(tracker))


def _is_over(tracker: Tracker, then: dict[str, Any] | None) -> bool:
    if not then:
        return False
    now = conversations.conversation_picture(tracker.slots) or conversations.NOWHERE
    return then["session"] != session_id(tracker) or then["context"] != now.context


def is_of_other_conversation(tracker: Tracker) -> bool:
    """Whether what was tapped was offered in another conversation."""
    then = tapped_conversation(tracker)
    return then is not None and then["session"] != session_id(tracker)
