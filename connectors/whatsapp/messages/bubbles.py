"""Combines the replies of a turn into as few WhatsApp messages as possible: mostly one.

    build_bodies([Bubble("Hello"), Bubble("And now?", options=[Option("support", "Get Support")])])

returns the bodies for the Graph API, without `to`. They always keep Meta's limits and all words:
words that do not fit go into a text message before.
"""

import logging
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from connectors.whatsapp.messages.cards import Card, join_paragraphs, make_card, merge_cards
from connectors.whatsapp.messages.layout import Layout, lay_out
from connectors.whatsapp.messages.speech import Bubble, Json
from shop.whatsapp import limits
from shop.whatsapp.bodies import interactive_body
from shop.whatsapp.fitting import ELLIPSIS, split_chunks, split_ending
from shop.whatsapp.limits import InteractiveRefused, Limit
from shop.whatsapp.validation.interactive import validate_interactive

logger = logging.getLogger(__name__)

Body = dict[str, Any]


def build_bodies(bubbles: Sequence[Bubble]) -> list[Body]:
    """The messages that hold all replies, in order; none if there are no replies."""
    cards = merge_cards([make_card(bubble) for bubble in bubbles])
    return [body for each in cards for body in _bodies(each)]


def _bodies(card: Card) -> Iterator[Body]:
    if card.other:
        return _special(card, card.other)
    layout = lay_out(card)
    # Options that cannot be tapped can still be read and typed.
    card = replace(card, text=join_paragraphs(card.text, "\n".join(f"• {t}" for t in layout.lost)))
    return _offer(card, layout) if layout.actions else _plain(card)


def _plain(card: Card) -> Iterator[Body]:
    """A text, a picture with its words as caption, or both apart if the words are too long."""
    if card.media and limits.CAPTION.fits(card.words):
        yield _picture(card.media, card.words)
        return
    if card.media:
        yield _picture(card.media)
    yield from _texts(card.words)


def _offer(card: Card, layout: Layout) -> Iterator[Body]:
    """Words with options to tap on."""
    # A list shows no picture, and beside a picture there is no line above.
    on_top = card.media if layout.kind == "button" else None
    if card.media and not on_top:
        yield _picture(card.media)
    header = None if on_top else _label(card.header, limits.HEADER)
    footer = _label(card.footer, limits.FOOTER)
    words = join_paragraphs(
        None if header else card.header, card.text, None if footer else card.footer
    )
    before, text = split_ending(words, limits.INTERACTIVE_BODY.maximum)
    yield from _texts(before)
    frame: Json = {
        **({"header": on_top or {"type": "text", "text": header}} if on_top or header else {}),
        **({"footer": {"text": footer}} if footer else {}),
    }
    for action in layout.actions:
        text = text or action.get("button", ELLIPSIS)
        yield _interactive({**frame, "type": layout.kind, "body": {"text": text}, "action": action})
        text = ""


def _special(card: Card, menu: Json) -> Iterator[Body]:
    """A Flow, link or the like as it was written, with the words of the turn as its text."""
    before, text = split_ending(card.words, limits.INTERACTIVE_BODY.maximum)
    whole = {**menu, "body": {"text": text}} if text else dict(menu)
    if card.media:
        yield _picture(card.media)
    try:
        validate_interactive(whole)
    except InteractiveRefused as refusal:
        logger.warning("a menu is sent as text alone: %s", refusal)
        yield from _texts(card.words)
        return
    yield from _texts(before)
    yield _interactive(whole)


def _label(text: str | None, limit: Limit) -> str | None:
    """The text as a header or footer, if it fits."""
    line = (text or "").strip()
    return line if line and "\n" not in line and limit.fits(line) else None


def _texts(words: str) -> Iterator[Body]:
    for part in split_chunks(words, limits.TEXT_BODY.maximum):
        yield interactive_body("text", {"body": part})


def _picture(media: Json, caption: str = "") -> Body:
    kind = media["type"]
    return interactive_body(kind, {**media[kind], **({"caption": caption} if caption else {})})


def _interactive(interactive: Json) -> Body:
    return interactive_body("interactive", interactive)
