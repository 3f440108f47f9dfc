"""Decides whether a message describes what happened, or leaves the question."""

from rasa_sdk import Tracker

from actions.tracker_reading import names_product, was_meant
from shop.language.word_files import read_patterns
from shop.steps.steps import DESCRIBING_ISSUE

ASKED = DESCRIBING_ISSUE.question

# In a message of no more words a wish counts that is none in a longer one.
MOST_WORDS = 8

_SAID = read_patterns("wishes")
ASKS_WHERE, HAPPENED = _SAID["asks_where"], _SAID["happened"]

# A picture says what happened, too; the ticket's message holds it.
MEDIA = {"image", "video", "audio", "voice", "document"}

# A cart and a place on the map have their own meaning.
SAY_SOMETHING_ELSE = {"order", "location"}


def read_description(tracker: Tracker) -> str | None:
    """What happened, in words or as a picture; None where the message leads away."""
    kind = (tracker.latest_message.get("metadata") or {}).get("type")
    if tracker.get_intent_of_latest_message() == "unreadable" and kind in MEDIA:
        return f"({kind})"
    is_else = kind in SAY_SOMETHING_ELSE or leads_away(tracker)
    return None if is_else else tracker.latest_message.get("text")


def leads_away(tracker: Tracker) -> bool:
    """Whether the message is a wish or question of its own, a tap, or nothing at all ("?")."""
    text = tracker.latest_message.get("text") or ""
    intent = tracker.get_intent_of_latest_message()
    if text.startswith("/") or was_meant(tracker) or intent in ASKED.interrupted_by:
        return True
    if not any(letter.isalnum() for letter in text):
        return True
    return len(text.split()) <= MOST_WORDS and leads_away_briefly(tracker, text)


def leads_away_briefly(tracker: Tracker, text: str) -> bool:
    """Whether a message of a few words is a wish or question of its own."""
    intent = tracker.get_intent_of_latest_message()
    if intent == "track_order":
        return bool(ASKS_WHERE.search(text)) or is_order_id_alone(tracker, text)
    if intent == "new_order":
        return not (names_product(tracker) and HAPPENED.search(text))
    return intent in ASKED.interrupted_briefly_by


def is_order_id_alone(tracker: Tracker, text: str) -> bool:
    """Whether the message is the number of an order and nothing else."""
    entities = tracker.latest_message.get("entities", [])
    for entity in entities:
        if entity["entity"] == "order_id":
            rest = text[: entity["start"]] + text[entity["end"] :]
            return not any(letter.isalnum() for letter in rest)
    return False
