"""Decides whether a message answers a question for free text, or is another wish."""

from rasa_sdk import Tracker

from actions.tracker_reading import names_product, signs_of, was_meant
from shop.steps import steps
from shop.steps.step import Question

# Some intents count as another wish only in messages of at most so many words.
MOST_WORDS = 8
# A cart of WhatsApp's catalogue and a place on the map are never free text.
SAY_SOMETHING_ELSE = {"order", "location"}


def leads_away(tracker: Tracker, question: Question) -> bool:
    """Whether the message is a wish or question of its own, a tap, or nothing at all ("?")."""
    message, text = tracker.latest_message, tracker.latest_message.get("text") or ""
    intent = tracker.get_intent_of_latest_message()
    if (message.get("metadata") or {}).get("type") in SAY_SOMETHING_ELSE:
        return True
    if text.startswith("/") or was_meant(tracker) or intent in question.interrupted_by:
        return True
    if not any(letter.isalnum() for letter in text):
        return True
    is_brief = len(text.split()) <= MOST_WORDS
    if is_brief and intent in question.interrupted_briefly_by:
        return True
    if question is steps.DESCRIBING_ISSUE.question:
        return is_brief and is_order_request(tracker, text)
    return text.rstrip().endswith("?") or (intent == "new_order" and names_product(tracker))


def is_order_request(tracker: Tracker, text: str) -> bool:
    """Whether a message asks for an order. "late again" and "only one tea came" do not: they tell
    what happened to one."""
    intent, signs = tracker.get_intent_of_latest_message(), signs_of(tracker)
    if intent == "track_order":
        return signs.has("asks_where") or is_order_id_alone(tracker, text)
    return intent == "new_order" and not (names_product(tracker) and signs.has("happened"))


def is_order_id_alone(tracker: Tracker, text: str) -> bool:
    """Whether the message is the number of an order and nothing else."""
    entities = tracker.latest_message.get("entities", [])
    for entity in entities:
        if entity["entity"] == "order_id":
            rest = text[: entity["start"]] + text[entity["end"] :]
            return not any(letter.isalnum() for letter in rest)
    return False
