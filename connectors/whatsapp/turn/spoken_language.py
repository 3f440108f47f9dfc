"""Decides the language of a turn: the one the customer writes, else the previous one.

Every message carries it to Rasa as the entity `spoken`, which fills the slot `language`, so a new
session has it from its first answer. It is decided here and not in nlu, since it depends on earlier
messages of the customer, and replies without Rasa use it too.
"""

from typing import Any

from connectors.whatsapp.api.contents import Content, Edit, Media, Text
from connectors.whatsapp.turn.turn import Turn
from shop.language import languages

Parsed = dict[str, Any]

# A request for English, written in Hindi letters, wants English: the action decides.
ASKED = "change_language"


def detect_language(turn: Turn, content: Content) -> None:
    """Stores the customer's language in the turn, if it has changed."""
    written = languages.written_in(typed_words(content))
    turn.written = written if written != (turn.language or languages.DEFAULT) else None


def add_language(turn: Turn, parsed: Parsed) -> Parsed:
    """The parsed data with the language to answer in."""
    if parsed["intent"].get("name") == ASKED:
        turn.written = None
    turn.language = turn.written or turn.language
    if turn.language is None:
        return parsed
    spoken = {"entity": "spoken", "value": turn.language, "start": 0, "end": 0}
    entities = [*parsed["entities"], {**spoken, "extractor": "whatsapp"}]
    return {**parsed, "entities": entities}


def typed_words(content: Content) -> str:
    """The words that the customer typed; a tap has none."""
    match content:
        case Text(body=words) | Media(caption=str(words)):
            return words
        case Edit(content=changed):
            return typed_words(changed)
    return ""
