"""One customer's flood: so many messages a minute are answered, the others together by one.

They are counted by the minute of the database's clock in which they were accepted, so that a turn
that is tried again, by whichever worker, decides the same.
"""

import settings
from connectors.whatsapp import speaking
from connectors.whatsapp.contents import Choice, Content
from connectors.whatsapp.speech import Bubble
from connectors.whatsapp.turn import Turn
from shop import consent, wording


def is_one_too_many(turn: Turn, content: Content) -> bool:
    """Whether the customer has had their answers of this minute; STOP and the like always count."""
    if _too_many(turn) < 0:
        return False
    words = content.id if isinstance(content, Choice) else speaking.typed(content)
    return not consent.intent(words)


def word_for_many(turn: Turn) -> list[Bubble]:
    """What the first message too many of a minute is answered with; nothing for all others."""
    if _too_many(turn) != 0 or turn.start.is_with_person or turn.claim.payload.get("group_id"):
        return []
    return [Bubble(wording.say("utter_too_many_messages", turn.language))]


def _too_many(turn: Turn) -> int:
    """How many messages too many came before this one; negative below the bound."""
    return turn.start.same_minute - settings.load().messages_answered_per_minute
