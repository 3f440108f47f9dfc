"""Turns what a test or the page asks for ({"tap": "Place Order"}) into Meta's message."""

import json
from collections.abc import Callable
from pathlib import Path

from emulator.chat import Json, Message, options_of
from emulator.config import SHOP_PHONE
from emulator.control.reading import ControlError, known
from emulator.customers import Customer
from emulator.state import Emulator

SAMPLES = Path(__file__).parent.parent / "samples"
# What stands for "some picture" and the like.
SAMPLE_FILES = {
    "image": ("image.jpg", "image/jpeg"),
    "audio": ("voice.ogg", "audio/ogg; codecs=opus"),
    "document": ("menu.txt", "text/plain"),
    "sticker": ("sticker.webp", "image/webp"),
    "video": ("video.mp4", "video/mp4"),
}
MODIFIERS = ("on", "context", "quote", "caption", "filename", "name")


class Saying:
    """One thing that a customer does, and what it refers to."""

    def __init__(self, emulator: Emulator, customer: Customer, given: Json) -> None:
        self.emulator = emulator
        self.customer = customer
        self.given = given

    def message(self) -> Json:
        """Meta's JSON, still without from, id and timestamp."""
        known(self.given, *KINDS, *MODIFIERS)
        kinds = [kind for kind in KINDS if kind in self.given]
        if len(kinds) != 1:
            raise ControlError(f"exactly one of {', '.join(KINDS)} is expected")
        made = KINDS[kinds[0]](self)
        return made | self._quoted()

    def _quoted(self) -> Json:
        quoted = self.given.get("quote")
        return {"context": context(str(quoted))} if quoted else {}

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
            made = {"type": "interactive", "interactive": reply(bubble, option)}
        if self.given.get("context", True):
            made["context"] = context(bubble.id)
        return made

    def media(self, kind: str, **more: object) -> Json:
        """`true` is a sample, a string is the id of what was uploaded."""
        wanted = self.given.get("voice" if more.get("voice") else kind)
        media = (
            self.emulator.media.get(wanted)
            if isinstance(wanted, str)
            else self.emulator.media.add(*sample(kind))
        )
        if media is None:
            raise ControlError(f"no media {wanted}", 404)
        words = {key: self.given[key] for key in ("caption", "filename") if key in self.given}
        return {"type": kind, kind: words | media.as_inbound() | more}

    def document(self) -> Json:
        self.given.setdefault("filename", SAMPLE_FILES["document"][0])
        return self.media("document")

    def location(self) -> Json:
        """The answer to a bubble that asks for the place points at that bubble."""
        asked = latest(self.customer)
        made: Json = {"type": "location", "location": self.given["location"]}
        if asked and asked.type == "interactive" and "location_request" in asked.content["type"]:
            made["context"] = context(asked.id)
        return made

    def contact(self) -> Json:
        card = self.given["contact"]
        phone = str(card.get("phone", ""))
        name = str(card.get("name", ""))
        return {
            "type": "contacts",
            "contacts": [
                {
                    "name": {"formatted_name": name, "first_name": name},
                    "phones": [{"phone": phone, "type": "CELL"}],
                }
            ],
        }

    def reaction(self) -> Json:
        """Taken back, it has no emoji at all."""
        target = bubble_on(self.customer, self.given.get("on"))
        node = {"message_id": target.id}
        if self.given["reaction"]:
            node["emoji"] = str(self.given["reaction"])
        target.reactions["customer"] = str(self.given["reaction"])
        self.emulator.touch(self.customer, target)
        return {"type": "reaction", "reaction": node}

    def order(self) -> Json:
        items = [{"currency": "INR"} | item for item in self.given["order"]]
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
        asked = latest(self.customer)
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


def reply(bubble: Message, option: Json) -> Json:
    """What Meta makes of a tap: on a button, or on a row."""
    if bubble.content["type"] == "list":
        row = {key: option[key] for key in ("id", "title", "description") if key in option}
        return {"type": "list_reply", "list_reply": row}
    return {
        "type": "button_reply",
        "button_reply": {"id": option["id"], "title": option["title"]},
    }


def find_option(customer: Customer, wanted: str, on: str | None) -> tuple[Message, Json]:
    """The latest bubble (or that one) with such an option: by title, by id, by its words."""
    bubbles = [bubble_on(customer, on)] if on else list(reversed(shown(customer)))
    for fits in (same_name, same_words):
        for bubble in bubbles:
            for option in options_of(bubble):
                if fits(option, wanted):
                    return bubble, option
    offered = [option["title"] for bubble in bubbles[:1] for option in options_of(bubble)]
    raise ControlError(f"nothing to tap is called {wanted!r}", 404, offered=offered)


def same_name(option: Json, wanted: str) -> bool:
    return wanted in (option["title"], option["id"])


def same_words(option: Json, wanted: str) -> bool:
    """ "confirm order" for "✅ Confirm Order"."""
    words, asked = (
        "".join(c for c in each if c.isalnum() or c == " ").strip().casefold()
        for each in (option["title"], wanted)
    )
    return bool(asked) and words == asked


def shown(customer: Customer) -> list[Message]:
    return [message for message in customer.messages if message.sender == "shop"]


def latest(customer: Customer) -> Message | None:
    bubbles = shown(customer)
    return bubbles[-1] if bubbles else None


def bubble_on(customer: Customer, on: str | None) -> Message:
    found = customer.message(str(on)) if on else latest(customer)
    if found is None:
        raise ControlError(f"no bubble {on}" if on else "there is no bubble yet", 404)
    return found


def sample(kind: str) -> tuple[bytes, str]:
    name, mime_type = SAMPLE_FILES[kind]
    return (SAMPLES / name).read_bytes(), mime_type
