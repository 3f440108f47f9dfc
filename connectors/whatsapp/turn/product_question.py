"""Handles messages that refer to a product card or page of WhatsApp's catalogue."""

from typing import Any

from shop.products import catalogue
from shop.taps import menu_names
from shop.taps.meanings import Meaning
from storage import engine

# These intents never refer to a product, whatever the message quotes.
_SHOP = {"faq_hours", "faq_delivery", "faq_location", "faq_payment", "faq_offers"}
_PLACED = {"track_order", "track_ticket", "talk_to_human"}
APART = frozenset({"deny", "thank", "goodbye", "stop", "greet", *_SHOP, *_PLACED})


def referred_product(named: str | None) -> dict[str, str] | None:
    """The product with this id of WhatsApp's catalogue: {sku, name}; None if we do not have it."""
    if not named:
        return None
    sku = menu_names.product_sku(named)
    with engine.session() as session:
        found = catalogue.find_by_sku(session, [sku])
        return {"sku": sku, "name": found[sku].name} if found else None


def add_product_name(text: str, parsed: dict[str, Any], product: dict[str, str]) -> str | None:
    """The text with the product's name in front, to be parsed again.

    None if the name would change nothing: the text names a product, or is about none. The name
    goes first, since at the end it could be read with the last word ("this too coffee").
    """
    named = any(entity["entity"] in ("product", "candidates") for entity in parsed["entities"])
    if named or parsed["intent"]["name"] in APART:
        return None
    if text == "/new_order":  # a keyword: "buy"
        return Meaning("new_order", {"product": product["sku"]}).as_text()
    return None if text.startswith("/") else f"{product['name']} {text}"
