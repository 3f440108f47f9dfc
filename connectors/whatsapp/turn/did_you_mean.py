"""Handles a tap on "Did you mean": the earlier words get the tapped intent."""

from dataclasses import dataclass
from typing import Any

from connectors.decided import Parsed, decide_intent
from connectors.whatsapp.api.contents import Choice, Content
from connectors.whatsapp.api.received import read_received
from connectors.whatsapp.turn import spoken_language
from shop.customers import conversations
from shop.taps import meanings
from storage import engine
from trays.messages import Claim


@dataclass(frozen=True)
class ChosenIntent:
    """The intent chosen for an earlier message, that message's row, and the product it refers
    to."""

    intent: str
    words: str
    row: int
    product: str | None

    def as_metadata(self) -> dict[str, Any]:
        """The choice as the message's metadata."""
        return {"intent": self.intent, "row": self.row}


def chosen_intent(claim: Claim, content: Content) -> ChosenIntent | None:
    """The choice of a tap on "Did you mean"; None for other messages, or if the message is
    deleted."""
    intent = meanings.meant_intent(content.id) if isinstance(content, Choice) else None
    if intent is None or claim.context_id is None:
        return None
    with engine.session() as session:
        asked = conversations.answered_by(session, claim.customer_id, claim.context_id)
        if asked is None:
            return None
        said = read_received(asked.payload)
        words = spoken_language.typed_words(said.content)
        return ChosenIntent(intent, words, asked.id, said.product) if words else None


def apply_choice(parsed: Parsed, metadata: dict[str, Any] | None) -> Parsed:
    """The parsed words, with the tapped intent if there is a choice.

    The entities stay: the intent is applied to the words as they were typed.
    """
    tapped = (metadata or {}).get("meant")
    if not tapped:
        return parsed
    return decide_intent(parsed, tapped["intent"])
