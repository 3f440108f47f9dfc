"""What a customer's message means to Rasa: an intent for a tap or keyword, else its text."""

import re
from dataclasses import dataclass
from typing import Any

from connectors.whatsapp.api.contents import (
    CallPermission,
    CatalogueOrder,
    Choice,
    Content,
    Edit,
    FormAnswer,
    Location,
    Media,
    Reaction,
    Revoke,
    SystemNote,
    TemplateButton,
    Text,
    Welcome,
)
from shop.carts.cart import MOST_OF_ONE
from shop.customers.stop_and_start import consent_intent
from shop.language.reading_form import reading_form
from shop.menus import reply_ids
from shop.menus.keywords import Keywords
from shop.support import tickets
from shop.taps import menu_names
from shop.whatsapp.limits import TEXT_BODY
from storage import engine

# WhatsApp's carts hold fewer.
MOST_ITEMS = 100

# One word behind a slash is a command of Rasa's, or of some other bot's.
_COMMAND = re.compile(r"[\s/]*/\s*\w+\s*(\{.*)?", re.DOTALL)


@dataclass(frozen=True)
class RasaInput:
    """Rasa's input: text to be parsed, or parsed data for what a text cannot express."""

    text: str
    parsed: dict[str, Any] | None = None


class RasaInputs:
    """Converts messages to Rasa's input, by this shop's menus and keywords."""

    def __init__(self, keywords: Keywords) -> None:
        self._keywords = keywords

    def input_of(self, content: Content) -> RasaInput | None:  # noqa: PLR0911 (one line a kind)
        """Rasa's input for a message; None if it needs no answer.

        Only taps and keywords become `/intent{...}`; what a customer types never does.
        """
        match content:
            case Choice(id=reply_id):
                return tap_meaning(reply_id) or RasaInput("/choice_gone")
            case TemplateButton(payload=payload, text=words):
                return tap_meaning(payload) or self._typed(words or payload)
            case Text(body=words) | Media(caption=str(words)) if words.strip():
                return self._typed(words)
            case Edit(content=changed):
                return self.input_of(changed)
            case CatalogueOrder():
                return catalogue_order(content)
            case Location():
                return place_entity(content)
            case FormAnswer(answer=answer) if answer:
                return RasaInput("/form_sent")
            case Welcome():
                return RasaInput("/greet")
            case Reaction() | Revoke() | SystemNote() | CallPermission():
                return None
        return RasaInput("/unreadable")

    def _typed(self, typed: str) -> RasaInput:
        # Before Rasa: consent works whatever a model thinks, a keyword without training, and the
        # number of a ticket is certain.
        words, is_command = disarm_text(typed), _COMMAND.fullmatch(reading_form(typed))
        if decision := consent_intent(words):
            return parse_data(decision, words, [])
        if keyword := self._keywords.meaning(words):
            return RasaInput(keyword.as_text())
        if is_command:
            return parse_data("nlu_fallback", words, [])
        if number := tickets.ticket_number_in(words):
            named = {"entity": "ticket_id", "value": number, "start": 0, "end": 0}
            return parse_data("track_ticket", words, [named])
        if tickets.are_asked_about(words):
            return parse_data("track_ticket", words, [])
        return RasaInput(words)


def disarm_text(typed: str) -> str:
    """Typed text changed so that Rasa does not take it for `/intent{...}`, also after blanks.

    The text is normalised first, since an invisible character before a slash must not hide it, and
    cut to the length that WhatsApp allows.
    """
    return re.sub(r"^[\s/]+", "", reading_form(typed)[: TEXT_BODY.maximum]) or "?"


def tap_meaning(reply_id: str) -> RasaInput | None:
    """The meaning of a tap; None if its id leads nowhere."""
    with engine.session() as session:
        meaning = reply_ids.resolve_reply_id(session, reply_id)
    return RasaInput(meaning.as_text()) if meaning else None


def catalogue_order(sent: CatalogueOrder) -> RasaInput:
    """A cart of WhatsApp's own catalogue: its items, to be priced at our prices.

    A quantity above the limit is cut to one above it.
    """
    entities = []
    for group, item in enumerate(sent.items[:MOST_ITEMS], start=1):
        quantity = min(max(item.quantity, 0), MOST_OF_ONE + 1)
        said = {"group": str(group), "start": 0, "end": 0, "extractor": "whatsapp"}
        entities += [
            {"entity": "product", "value": menu_names.product_sku(item.product), **said},
            {"entity": "quantity", "value": quantity, **said},
        ]
    return parse_data("new_order", sent.summary, entities)


def place_entity(sent: Location) -> RasaInput:
    """A place on the map, as Rasa's entity."""
    value = {
        "latitude": sent.latitude,
        "longitude": sent.longitude,
        "name": sent.name,
        "address": sent.address,
    }
    entity = {"entity": "place", "value": value, "start": 0, "end": 0, "extractor": "whatsapp"}
    return parse_data("share_location", sent.summary, [entity])


def parse_data(intent: str, text: str, entities: list[dict[str, Any]]) -> RasaInput:
    """Decided intent and entities, in the shape of Rasa's NLU."""
    understood = {"name": intent, "confidence": 1.0}
    data = {
        "text": text,
        "intent": understood,
        "entities": entities,
        "intent_ranking": [understood],
    }
    return RasaInput(text, data)
