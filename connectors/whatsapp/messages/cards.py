"""Converts bubbles, with options or with a menu, to cards (`Card`), and merges cards."""

import logging
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, cast

from connectors.whatsapp.api import fields
from connectors.whatsapp.messages.speech import Bubble, Json, Option
from storage.json_values import sanitise_json

logger = logging.getLogger(__name__)

MEDIA_HEADERS = ("image", "video", "document")


@dataclass(frozen=True)
class Pages:
    """How a customer reaches more than ten options: see `Bubble`."""

    key: str | None
    title: str
    page: int


@dataclass(frozen=True)
class Card:
    """Text, media and options of one message, if they fit into one.

    media: a header of a picture, video or document: {"type": "image", "image": {...}}.
    other: an interactive object that is neither buttons nor list, such as a Flow.
    """

    text: str
    options: tuple[Option, ...]
    is_list: bool
    list_button: str | None
    header: str | None
    footer: str | None
    media: Json | None
    other: Json | None
    pages: Pages

    @property
    def asks(self) -> bool:
        """Whether there is something to tap on."""
        return bool(self.options or self.other)

    @property
    def words(self) -> str:
        """All its words as plain text."""
        return join_paragraphs(self.header, self.text, self.footer)


def join_paragraphs(*texts: str | None) -> str:
    """The texts with a blank line between them; empty ones are left out."""
    return "\n\n".join(text.strip() for text in texts if text and text.strip())


def make_card(bubble: Bubble) -> Card:
    """The bubble as a card; of a malformed menu only the words remain."""
    # Without the characters that neither JSON nor the database takes.
    clean: dict[str, Any] = cast("dict[str, Any]", sanitise_json(asdict(bubble)))
    menu, image = clean["interactive"], clean["image"]
    own = Card(
        text=clean["text"],
        options=tuple(Option(**option) for option in clean["options"]),
        is_list=False,
        list_button=clean["list_button"],
        header=clean["header"],
        footer=clean["footer"],
        media=_media({"type": "image", "image": {"link": image}}) if image else None,
        other=None,
        pages=Pages(clean["more"], clean["more_title"], clean["page"]),
    )
    return _with_menu(own, menu) if isinstance(menu, dict) else own


def _with_menu(own: Card, menu: Json) -> Card:
    kind = fields.read_text(menu, "type")
    text = join_paragraphs(own.text, fields.read_text(menu, "body", "text"))
    if kind not in ("button", "list"):
        return replace(own, text=text, other=menu)
    action = fields.read_mapping(menu, "action")
    return replace(
        own,
        text=text,
        options=own.options or _read_options(action),
        is_list=kind == "list",
        list_button=own.list_button or fields.read_text(action, "button"),
        header=own.header or fields.read_text(menu, "header", "text"),
        footer=own.footer or fields.read_text(menu, "footer", "text"),
        media=own.media or _media(fields.read_mapping(menu, "header")),
    )


def _read_options(action: Json) -> tuple[Option, ...]:
    """What can be tapped on a menu of buttons or a list."""
    replies = [
        fields.read_mapping(button, "reply") for button in fields.read_mappings(action, "buttons")
    ]
    rows = [
        (row, fields.read_text(section, "title"))
        for section in fields.read_mappings(action, "sections")
        for row in fields.read_mappings(section, "rows")
    ]
    return tuple(
        Option(
            id=fields.read_text(node, "id") or "",
            title=fields.read_text(node, "title") or "",
            description=fields.read_text(node, "description"),
            section=section,
        )
        for node, section in [*((reply, None) for reply in replies), *rows]
    )


def _media(header: Json) -> Json | None:
    """The header, if it shows media that WhatsApp can fetch."""
    kind = fields.read_text(header, "type") or ""
    node = fields.read_mapping(header, kind)
    link, media_id = fields.read_text(node, "link"), fields.read_text(node, "id")
    if kind not in MEDIA_HEADERS or bool(link) == bool(media_id):
        return None
    if link and not link.startswith(("http://", "https://")):
        logger.warning("a header was left out: the address of its %s is no web address", kind)
        return None
    kept = ("id", "link", "filename") if kind == "document" else ("id", "link")
    return {"type": kind, kind: {key: node[key] for key in kept if node.get(key)}}


def merge_cards(cards: Sequence[Card]) -> list[Card]:
    """As few cards as possible: one, and one more for each picture after the first.

    The words are joined in their order; of several sets of options the last is used.
    """
    if not cards:
        return []
    asking = next((each for each in reversed(cards) if each.asks), None)
    chief = asking or cards[-1]
    texts = [each.text if each is chief else each.words for each in cards]
    shown = [each.media for each in cards if each.media]
    media = chief.media or (shown[-1] if shown else None)
    return [
        *(_only(chief, picture) for picture in shown if picture is not media),
        replace(chief, text=join_paragraphs(*texts), media=media),
    ]


def _only(chief: Card, media: Json) -> Card:
    """A card with only a picture."""
    return replace(chief, text="", options=(), header=None, footer=None, media=media, other=None)
