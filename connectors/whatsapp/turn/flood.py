"""Limits the messages of one customer answered per minute; the rest share one answer.

Answered messages are counted by the minute in which they were accepted (database clock), so a retry
by any worker decides the same. Answers by staff are not counted.
"""

import settings
from connectors.whatsapp.api.contents import Choice
from connectors.whatsapp.messages.speech import Bubble
from connectors.whatsapp.turn import spoken_language
from connectors.whatsapp.turn.turn import Turn
from shop.customers.stop_and_start import consent_intent
from shop.language.responses import format_response


def is_one_too_many(turn: Turn) -> bool:
    """Whether the customer is over the limit of this minute; STOP and other decisions are
    exempt."""
    if _too_many(turn) < 0:
        return False
    content = turn.received.content
    words = content.id if isinstance(content, Choice) else spoken_language.typed_words(content)
    return not consent_intent(words)


def flood_reply(turn: Turn) -> list[Bubble]:
    """The reply to the first message over the limit in a minute; empty for others."""
    if _too_many(turn) != 0 or turn.start.is_with_person or turn.received.group_id:
        return []
    return [Bubble(format_response("utter_too_many_messages", turn.language))]


def _too_many(turn: Turn) -> int:
    """How many messages over the limit came before this one; negative below the limit."""
    return turn.start.same_minute - settings.load_settings().messages_answered_per_minute
