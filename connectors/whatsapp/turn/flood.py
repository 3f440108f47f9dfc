"""One customer's flood: so many messages a minute are answered, the others together by one.

Those that were answered are counted, by the minute of the database's clock in which they were
accepted, so that a turn that is tried again, by whichever worker, decides the same. What a person
of the shop answers counts for nothing.
"""

import settings
from connectors.whatsapp.api.contents import Choice, Content
from connectors.whatsapp.messages.speech import Bubble
from connectors.whatsapp.turn import spoken_language
from connectors.whatsapp.turn.turn import Turn
from shop.customers import consent
from shop.language.responses import format_response


def is_one_too_many(turn: Turn, content: Content) -> bool:
    """Whether the customer has had their answers of this minute; STOP and the like always count."""
    if _too_many(turn) < 0:
        return False
    words = content.id if isinstance(content, Choice) else spoken_language.typed_words(content)
    return not consent.consent_intent(words)


def word_for_many(turn: Turn) -> list[Bubble]:
    """What the first message too many of a minute is answered with; nothing for all others."""
    if _too_many(turn) != 0 or turn.start.is_with_person or turn.claim.payload.get("group_id"):
        return []
    return [Bubble(format_response("utter_too_many_messages", turn.language))]


def _too_many(turn: Turn) -> int:
    """How many messages too many came before this one; negative below the bound."""
    return turn.start.same_minute - settings.load_settings().messages_answered_per_minute
