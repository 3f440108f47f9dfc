"""A message with buttons or rows as plain text: for when WhatsApp refuses its form."""

from collections.abc import Mapping
from typing import Any

from connectors.whatsapp.cards import paragraphs
from shop import bodies
from shop.menu_fitness import options_of

# Parameter missing, not valid or not supported (WHATSAPP.md 3): the same form would fail again.
REFUSES_THE_FORM = {100, 131008, 131009, 131051}


def as_text(body: Mapping[str, Any]) -> dict[str, Any] | None:
    """The Graph request body with the words and the titles of what could be tapped.

    None where it is no interactive message. What can be tapped can be typed, too.
    """
    if body.get("type") != "interactive":
        return None
    interactive = body["interactive"]
    said = [interactive.get(part, {}).get("text") for part in ("header", "body", "footer")]
    titles = "\n".join(f"• {option['title']}" for option in options_of(interactive))
    return bodies.text(paragraphs(*said, titles))
