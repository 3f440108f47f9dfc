"""Welcomes customers who come from an ad or a post.

WhatsApp writes their first message for them ("Can I get more info on this?"). Such a message is
answered with the catalogue.
"""

from typing import Any

from connectors.whatsapp.messages.speech import Bubble
from connectors.whatsapp.turn.turn import Turn
from shop.language.responses import format_response
from shop.taps import menu_names

# Intents that are answered with the catalogue; others with enough confidence are handled as usual.
_OPENINGS = frozenset({
    "greet", "show_menu", "new_order", "support", "support_other", "faq_ingredients", "affirm",
    "thank", "nlu_fallback", "out_of_scope",
})  # fmt: skip


def opens_catalogue(turn: Turn, parsed: dict[str, Any]) -> bool:
    """Whether a message from an ad begins a conversation and asks nothing in particular."""
    if turn.start.is_under_way or not turn.received.referral:
        return False
    if any(_is_definite(entity) for entity in parsed["entities"]):
        return False
    is_sure = (parsed.get("understanding") or {}).get("band", "act") == "act"
    return not is_sure or parsed["intent"]["name"] in _OPENINGS


def _is_definite(entity: dict[str, Any]) -> bool:
    is_menu = entity["entity"] == "menu" and entity["value"] != menu_names.MAIN
    return is_menu or entity["entity"] in ("product", "order_id", "ticket_id")


def welcome_from_ad(turn: Turn) -> Bubble:
    """The text above the catalogue."""
    return Bubble(format_response("utter_youre_welcome_from_ad", turn.language))
