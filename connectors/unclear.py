"""Stores messages that were not understood, for training, in the turn's commit."""

from itertools import takewhile
from typing import Any

from rasa.shared.constants import DEFAULT_NLU_FALLBACK_INTENT_NAME as FALLBACK
from rasa.shared.core.events import BotUttered, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy.orm import Session

import settings
from shop.customers import unclear
from storage.models import UserProfile
from trays.messages import Claim

OUT_OF_SCOPE = "out_of_scope"
# The answer to a question about the shop that it has no answer to.
UNKNOWN = "utter_ask_our_team"


def record_unclear(session: Session, tracker: DialogueStateTracker, claim: Claim) -> None:
    """Stores the message if it was not understood or is a question without an answer, and the
    meaning that a tap gave to an earlier one."""
    if not settings.load_settings().keep_unclear_messages:
        return
    heard = message_of_turn(tracker, claim.message_id)
    if heard is None:
        return
    meant = heard.metadata.get("meant")
    is_unclear = was_not_understood(tracker, heard) or has_no_answer(tracker, heard)
    if not meant and not is_unclear:
        return
    customer = session.get_one(UserProfile, claim.customer_id)
    if meant:
        unclear.settle_unclear(session, customer, meant["row"], meant["intent"])
    else:
        unclear.store_unclear(
            session, customer, claim.row, str(heard.text), likeliest_intent(heard.parse_data)
        )


def message_of_turn(tracker: DialogueStateTracker, message_id: str) -> UserUttered | None:
    """The customer's message of this turn (the tracker's latest may belong to a new session)."""
    heard = (event for event in reversed(tracker.events) if isinstance(event, UserUttered))
    return next((event for event in heard if event.message_id == message_id), None)


def was_not_understood(tracker: DialogueStateTracker, heard: UserUttered) -> bool:
    """Whether the message was typed and got the answer "not understood"."""
    missed = tracker.get_slot("misunderstood") or {}
    unsure = heard.intent_name in (FALLBACK, OUT_OF_SCOPE)
    return is_typed(heard) and unsure and missed.get("message") == heard.message_id


def has_no_answer(tracker: DialogueStateTracker, heard: UserUttered) -> bool:
    """Whether the message was a typed question that the shop has no answer to yet."""
    answers = takewhile(lambda event: event is not heard, reversed(tracker.events))
    return is_typed(heard) and any(
        isinstance(event, BotUttered) and event.metadata.get("utter_action") == UNKNOWN
        for event in answers
    )


def is_typed(heard: UserUttered) -> bool:
    """Whether the message has text that is no tap."""
    return bool(heard.text) and not str(heard.text).startswith("/")


def likeliest_intent(parsed: Any) -> str:
    """The likeliest intent of a message that was not understood."""
    ranking = [rank["name"] for rank in parsed.get("intent_ranking", [])]
    likely = (parsed.get("understanding") or {}).get("likely", [])
    return next((name for name in [*likely, *ranking] if name != FALLBACK), OUT_OF_SCOPE)
