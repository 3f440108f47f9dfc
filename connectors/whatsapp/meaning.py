"""What a customer's message means to Rasa: an intent for a tap or keyword, else its text."""

import re
from dataclasses import dataclass
from typing import Any

from connectors.whatsapp.contents import (
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
from shop import consent, menus, reply_ids, tickets
from shop.cart import MOST_OF_ONE
from shop.interactive.limits import TEXT_BODY
from shop.keywords import Keywords
from shop.reading_form import reading_form
from storage import engine

# WhatsApp's carts hold fewer.
MOST_ITEMS = 100

# One word behind a slash is a command of Rasa's, or of some other bot's.
_COMMAND = re.compile(r"[\s/]*/\s*\w+\s*(\{.*)?", re.DOTALL)


@dataclass(frozen=True)
class Meaning:
    """What to hand to Rasa: text to be understood, or parsed data where a text cannot say it."""

    text: str
    parsed: dict[str, Any] | None = None


class Meanings:
    """Reads messages as this shop's menus define them."""

    def __init__(self, keywords: Keywords) -> None:
        self._keywords = keywords

    def of(self, content: Content) -> Meaning | None:  # noqa: PLR0911 (one line a kind)
        """The meaning of a message; None where no answer is due.

        Only taps and keywords become `/intent{...}`; what a customer types never does.
        """
        match content:
            case Choice(id=reply_id):
                return tap(reply_id) or Meaning("/choice_gone")
            case TemplateButton(payload=payload, text=words):
                return tap(payload) or self._typed(words or payload)
            case Text(body=words) | Media(caption=str(words)) if words.strip():
                return self._typed(words)
            case Edit(content=changed):
                return self.of(changed)
            case CatalogueOrder():
                return cart(content)
            case Location():
                return place(content)
            case FormAnswer():
                return Meaning("/form_sent")
            case Welcome():
                return Meaning("/greet")
            case Reaction() | Revoke() | SystemNote() | CallPermission():
                return None
        return Meaning("/unreadable")

    def _typed(self, typed: str) -> Meaning:
        words, is_command = disarmed(typed), _COMMAND.fullmatch(reading_form(typed))
        if decision := consent.intent(words):
            return parsed(decision, words, [])
        if keyword := self._keywords.meaning(words):
            return Meaning(keyword.as_text())
        if is_command:
            return parsed("nlu_fallback", words, [])
        if number := tickets.number_in(words):
            named = {"entity": "ticket_id", "value": number, "start": 0, "end": 0}
            return parsed("track_ticket", words, [named])
        if tickets.are_asked_about(words):
            return parsed("track_ticket", words, [])
        return Meaning(words)


def disarmed(typed: str) -> str:
    """Typed text that Rasa cannot take for `/intent{...}`, which it obeys after blanks too.

    In the form in which it is read, first of all: an unseen sign before a slash must not hide it.
    No longer than WhatsApp lets anybody type.
    """
    return re.sub(r"^[\s/]+", "", reading_form(typed)[: TEXT_BODY.maximum]) or "?"


def tap(reply_id: str) -> Meaning | None:
    """The meaning of a tap; None when its id leads nowhere (any more)."""
    with engine.session() as session:
        meaning = reply_ids.resolve(session, reply_id)
    return Meaning(meaning.as_text()) if meaning else None


def cart(sent: CatalogueOrder) -> Meaning:
    """A cart of WhatsApp's own catalogue: its items, to be reckoned at our prices.

    What nobody can order is just that, however many noughts it has.
    """
    entities = []
    for group, item in enumerate(sent.items[:MOST_ITEMS], start=1):
        quantity = min(max(item.quantity, 0), MOST_OF_ONE + 1)
        said = {"group": str(group), "start": 0, "end": 0, "extractor": "whatsapp"}
        entities += [
            {"entity": "product", "value": menus.product_sku(item.product), **said},
            {"entity": "quantity", "value": quantity, **said},
        ]
    return parsed("new_order", sent.summary, entities)


def place(sent: Location) -> Meaning:
    """A place on the map, as the entity `place`."""
    value = {
        "latitude": sent.latitude,
        "longitude": sent.longitude,
        "name": sent.name,
        "address": sent.address,
    }
    entity = {"entity": "place", "value": value, "start": 0, "end": 0, "extractor": "whatsapp"}
    return parsed("share_location", sent.summary, [entity])


def parsed(intent: str, text: str, entities: list[dict[str, Any]]) -> Meaning:
    """What was understood already, in the shape of Rasa's NLU."""
    understood = {"name": intent, "confidence": 1.0}
    data = {
        "text": text,
        "intent": understood,
        "entities": entities,
        "intent_ranking": [understood],
    }
    return Meaning(text, data)
