"""Turns an interactive message into plain text, in case WhatsApp refuses the interactive one."""

from collections.abc import Mapping
from typing import Any

from connectors.whatsapp.messages.cards import join_paragraphs
from shop.menus.last_good_version import list_menu_options
from shop.whatsapp import bodies

# Parameter missing, not valid or not supported (docs/whatsapp.md): the same form would fail again.
REFUSES_THE_FORM = {100, 131008, 131009, 131051}


def as_text(body: Mapping[str, Any]) -> dict[str, Any] | None:
    """The Graph request body with the words and the titles of what could be tapped.

    None if it is not an interactive message. Customers may type what they could tap.
    """
    if body.get("type") != "interactive":
        return None
    interactive = body["interactive"]
    said = [interactive.get(part, {}).get("text") for part in ("header", "body", "footer")]
    titles = "\n".join(f"• {option['title']}" for option in list_menu_options(interactive))
    return bodies.text_body(join_paragraphs(*said, titles))
