"""Which language a turn is in: what the customer writes decides, else what they spoke before.

Rasa is told with every message, as the entity `spoken` that fills the slot `language`; so a new
session knows it from its first answer on.
"""

from typing import Any

from connectors.whatsapp.api.contents import Content, Edit, Media, Text
from connectors.whatsapp.turn.turn import Turn
from shop.language import languages

Parsed = dict[str, Any]

# Whoever asks for English in Hindi letters wants English: the action decides.
ASKED = "change_language"


def detect_language(turn: Turn, content: Content) -> None:
    """Notes in the turn which language the customer writes, where it is another than before."""
    written = languages.written_in(typed_words(content))
    turn.written = written if written != (turn.language or languages.DEFAULT) else None


def add_language(turn: Turn, parsed: Parsed) -> Parsed:
    """What was understood, together with the language to answer in."""
    if parsed["intent"].get("name") == ASKED:
        turn.written = None
    turn.language = turn.written or turn.language
    if turn.language is None:
        return parsed
    spoken = {"entity": "spoken", "value": turn.language, "start": 0, "end": 0}
    entities = [*parsed["entities"], {**spoken, "extractor": "whatsapp"}]
    return {**parsed, "entities": entities}


def typed_words(content: Content) -> str:
    """The words that the customer wrote themselves; a tap has none."""
    match content:
        case Text(body=words) | Media(caption=str(words)):
            return words
        case Edit(content=changed):
            return typed_words(changed)
    return ""
