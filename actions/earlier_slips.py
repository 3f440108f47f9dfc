"""The slips that this conversation had before, as Rasa's tracker remembers them."""

from collections.abc import Iterator
from typing import Any

from rasa_sdk import Tracker

from shop.conversations import LIFETIME

Slip = dict[str, Any]


def slip_before(tracker: Tracker) -> Slip:
    """The slip as it was before the open question how many; empty where it began with that."""
    slips = (event["value"] for event in _latest_first(tracker))
    return next((slip or {} for slip in slips if not slip or is_whole(slip)), {})


def slip_left(tracker: Tracker) -> Slip:
    """The whole slip that was left for something else in the last half hour; else empty.

    Whatever places or cancels a slip begins a new session and forgets it (turn.finish).
    """
    left = last_told(tracker)
    if left is None:
        return {}
    age = tracker.events[-1]["timestamp"] - left["at"]
    return dict(left["slip"]) if age < LIFETIME.total_seconds() else {}


def last_told(tracker: Tracker) -> dict[str, Any] | None:
    """The last whole slip and when it was told, in this session or one that it left."""
    for event in _latest_first(tracker):
        if event["value"] and is_whole(event["value"]):
            return {"slip": event["value"], "at": event["timestamp"]}
    told: dict[str, Any] | None = tracker.get_slot("slip_left")
    return told


def is_whole(slip: Slip) -> bool:
    """Whether every line has its number."""
    return "total" in slip


def _latest_first(tracker: Tracker) -> Iterator[dict[str, Any]]:
    for event in reversed(tracker.events):
        if event["event"] == "slot" and event["name"] == "slip":
            yield event
