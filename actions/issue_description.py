"""Reads a customer's words or picture as the description of a ticket."""

from rasa_sdk import Tracker

from actions.leading_away import leads_away
from shop.steps.steps import DESCRIBING_ISSUE

# A picture is a description, too; the ticket's message holds it.
MEDIA = {"image", "video", "audio", "voice", "document"}


def read_description(tracker: Tracker) -> str | None:
    """The description, from words or a picture; None if the message is another wish."""
    kind = (tracker.latest_message.get("metadata") or {}).get("type")
    if tracker.get_intent_of_latest_message() == "unreadable" and kind in MEDIA:
        return f"({kind})"
    is_else = leads_away(tracker, DESCRIBING_ISSUE.question)
    return None if is_else else tracker.latest_message.get("text")
