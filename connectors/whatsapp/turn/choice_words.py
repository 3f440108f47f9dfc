"""Reads typed answers to "which one?", while that is our last question: they become the tap."""

from collections.abc import Mapping, Sequence
from typing import Any

from connectors.event_log import EventData
from shop.language.signs import Signs
from shop.taps.choosing import Offered, find_chosen_tap, find_named_tap
from shop.taps.meanings import Meaning

# The responses that offer products or options to choose one of.
_QUESTIONS = ("utter_which_product", "utter_ask_option", "utter_ask_options")
# What is read already says more than which one.
_SAYS_MORE = ("option", "candidates", "not_sold", "order_id", "address", "time")


def chosen_payload(events: Sequence[EventData], parsed: Mapping[str, Any]) -> str | None:
    """The payload of the button that the words mean; None if they mean none."""
    buttons = _offered_last(events)
    at = _place_of_chosen(buttons, parsed) if buttons else None
    return str(buttons[at]["payload"]) if at is not None else None


def _offered_last(events: Sequence[EventData]) -> list[dict[str, Any]]:
    """The buttons of our last answer, if it asked such a question; else an empty list."""
    for event in reversed(events):
        if event["event"] == "user":
            break
        asked = (event.get("metadata") or {}).get("utter_action")
        if event["event"] == "bot" and asked in _QUESTIONS:
            return [one for one in event["data"].get("buttons") or [] if "payload" in one]
    return []


def _place_of_chosen(buttons: Sequence[Mapping[str, Any]], parsed: Mapping[str, Any]) -> int | None:
    entities = parsed.get("entities") or []
    named = [one for one in entities if one["entity"] == "product"]
    if any(one["entity"] in _SAYS_MORE for one in entities):
        return None
    signs = Signs.of_message(parsed)
    which = None if named else signs.first("chooses")
    if which is None and any(one["entity"] == "quantity" for one in entities):
        return None  # The "one" of "the second one" counts nothing.
    if named:
        skus = {str(one["value"]) for one in named}
        places = [at for at, one in enumerate(buttons) if _product_of(one) in skus]
        return places[0] if len(named) == len(places) == 1 else None
    offered = [
        Offered(one["title"], f"{one['title']} {one.get('description') or ''}") for one in buttons
    ]
    if which:
        return find_chosen_tap(offered, which.value or "")
    words = signs.first("names_choice")
    return find_named_tap(offered, words.value or "") if words else None


def _product_of(button: Mapping[str, Any]) -> str | None:
    """The sku that a tap orders."""
    return Meaning.from_text(str(button["payload"])).entities.get("product")
