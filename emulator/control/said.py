"""Turns a control request such as {"tap": "Place Order"} into Meta's JSON of a message."""

import json
from collections.abc import Callable
from pathlib import Path

from emulator.chat import Json, Message
from emulator.config import SHOP_PHONE
from emulator.control.reading import ControlError, refuse_unknown_keys
from emulator.control.taps import bubble_on, find_option, latest_bubble
from emulator.customers import Customer
from emulator.state import Emulator

SAMPLES = Path(__file__).parent.parent / "samples"
# The sample file for each type of media.
SAMPLE_FILES = {
    "image": ("image.jpg", "image/jpeg"),
    "audio": ("voice.ogg", "audio/ogg; codecs=opus"),
    "document": ("menu.txt", "text/plain"),
    "sticker": ("sticker.webp", "image/webp"),
    "video": ("video.mp4", "video/mp4"),
}
MODIFIERS = ("on", "context", "quote", "caption", "filename", "name")


class Saying:
    """One message of a customer, and the bubble that it refers to."""

    def __init__(self, emulator: Emulator, customer: Customer, given: Json) -> None:
        self.emulator = emulator
        self.customer = customer
        self.given = given

    def message(self) -> Json:
        """Meta's JSON without from, id and timestamp."""
        refuse_unknown_keys(self.given, *KINDS, *MODIFIERS)
        kinds = [kind for kind in KINDS if kind in self.given]
        if len(kinds) != 1:
            raise ControlError(f"exactly one of {', '.join(KINDS)} is expected")
        made = KINDS[kinds[0]](self)
        return made | self._quoted()

    def _quoted(self) -> Json:
        quoted = self.given.get("quote")
        return {"context": context(str(quoted))} if quoted else {}

    def _object(self, key: str) -> Json:
        value = self.given[key]
        if not isinstance(value, dict):
            raise ControlError(f"{key} is a JSON object")
        return dict(value)

    def _asked_for(self, kind: str) -> Message | None:
        """The latest bubble, if it asks for this kind of message, else None."""
        asked = latest_bubble(self.customer)
        is_it = asked and asked.type == "interactive" and asked.content["type"] == kind
        return asked if is_it else None

    def text(self) -> Json:
        return {"type": "text", "text": {"body": str(self.given["text"])}}

    def tap(self) -> Json:
        bubble, option = find_option(self.customer, str(self.given["tap"]), self.given.get("on"))
        if bubble.type == "template":
            made: Json = {
                "type": "button",
                "button": {"payload": option["id"], "text": option["title"]},
            }
        else:
            made = {"type": "interactive", "interactive": reply_context(bubble, option)}
        if self.given.get("context", True):
            made["context"] = context(bubble.id)
        return made

    def media(self, kind: str, **more: object) -> Json:
        """A media message: of a sample if the request says `true`, else of an uploaded media id."""
        wanted = self.given.get("voice" if more.get("voice") else kind)
        media = (
            self.emulator.media.get(wanted)
            if isinstance(wanted, str)
            else self.emulator.media.add_media(*read_sample(kind))
        )
        if media is None:
            raise ControlError(f"no media {wanted}", 404)
        words = {key: self.given[key] for key in ("caption", "filename") if key in self.given}
        return {"type": kind, kind: words | media.as_inbound() | more}

    def document(self) -> Json:
        self.given.setdefault("filename", SAMPLE_FILES["document"][0])
        return self.media("document")

    def location(self) -> Json:
        """A location; it refers to the latest bubble if that asks for a location."""
        made: Json = {"type": "location", "location": self._object("location")}
        asked = self._asked_for("location_request_message")
        return made | ({"context": context(asked.id)} if asked else {})

    def contact(self) -> Json:
        """A contact card; it refers to the latest bubble if that asks for a phone number."""
        given = self._object("contact")
        name = str(given.get("name", self.customer.name))
        phone = str(given.get("phone") or self.customer.phone or "")
        card: Json = {
            "name": {"formatted_name": name, "first_name": name},
            "phones": [{"phone": phone, "type": "CELL"}],
        }
        made: Json = {"type": "contacts", "contacts": [card]}
        asked = self._asked_for("request_contact_info")
        if asked:
            card["origin"] = "contact_request"
            made["context"] = context(asked.id)
        return made

    def reaction(self) -> Json:
        """A reaction; a removed one has no emoji."""
        target = bubble_on(self.customer, self.given.get("on"))
        node = {"message_id": target.id}
        if self.given["reaction"]:
            node["emoji"] = str(self.given["reaction"])
        target.reactions["customer"] = str(self.given["reaction"])
        self.emulator.touch(self.customer, target)
        return {"type": "reaction", "reaction": node}

    def order(self) -> Json:
        items = self.given["order"]
        if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
            raise ControlError("order is an array of JSON objects")
        items = [{"currency": "INR"} | item for item in items]
        node = {"catalog_id": "194836987003835", "text": "", "product_items": items}
        return {"type": "order", "order": node}

    def flow(self) -> Json:
        answered = self.given["flow"]
        raw = answered if isinstance(answered, str) else json.dumps(answered)
        node = {"name": "flow", "body": "Sent", "response_json": raw}
        made: Json = {
            "type": "interactive",
            "interactive": {"type": "nfm_reply", "nfm_reply": node},
        }
        asked = self._asked_for("flow")
        return made | ({"context": context(asked.id)} if asked else {})

    def raw(self) -> Json:
        message = self.given["message"]
        if not isinstance(message, dict) or not isinstance(message.get("type"), str):
            raise ControlError("message is a JSON object with a type")
        return dict(message)


KINDS: dict[str, Callable[[Saying], Json]] = {
    "text": Saying.text,
    "tap": Saying.tap,
    "image": lambda saying: saying.media("image"),
    "video": lambda saying: saying.media("video"),
    "audio": lambda saying: saying.media("audio"),
    "voice": lambda saying: saying.media("audio", voice=True),
    "sticker": lambda saying: saying.media("sticker", animated=False),
    "document": Saying.document,
    "location": Saying.location,
    "contact": Saying.contact,
    "reaction": Saying.reaction,
    "order": Saying.order,
    "flow": Saying.flow,
    "message": Saying.raw,
}


def context(message_id: str) -> Json:
    return {"from": SHOP_PHONE, "id": message_id}


def reply_context(bubble: Message, option: Json) -> Json:
    """Meta's message for a tap on a button or on a row."""
    if bubble.content["type"] == "list":
        row = {key: option[key] for key in ("id", "title", "description") if key in option}
        return {"type": "list_reply", "list_reply": row}
    return {
        "type": "button_reply",
        "button_reply": {"id": option["id"], "title": option["title"]},
    }


def read_sample(kind: str) -> tuple[bytes, str]:
    name, mime_type = SAMPLE_FILES[kind]
    return (SAMPLES / name).read_bytes(), mime_type
