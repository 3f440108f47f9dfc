"""Words written about a product, from its card or its page in WhatsApp's catalogue."""

from typing import Any

from connectors.whatsapp import fields
from connectors.whatsapp.fields import Json
from shop import catalogue, menus
from shop.meanings import Meaning
from storage import engine

# Whatever they stand below, these say nothing of a product.
_SHOP = {"faq_hours", "faq_delivery", "faq_location", "faq_payment"}
APART = frozenset({"deny", "thank", "goodbye", "stop", *_SHOP})


def product(message: Json) -> dict[str, str] | None:
    """The product that a message of Meta's refers to: {sku, name}; None where it is not ours."""
    named = fields.text(message, "context", "referred_product", "product_retailer_id")
    if not named:
        return None
    sku = menus.product_sku(named)
    with engine.session() as session:
        found = catalogue.by_sku(session, [sku])
        return {"sku": sku, "name": found[sku].name} if found else None


def together(text: str, parsed: dict[str, Any], product: dict[str, str]) -> str | None:
    """The words together with the product's name, to be understood anew.

    None where they mean the same without it: a product is named, or none is spoken of. The name
    goes first: behind the words it would be counted by their last one ("this too coffee").
    """
    named = any(entity["entity"] == "product" for entity in parsed["entities"])
    if named or parsed["intent"]["name"] in APART:
        return None
    if text == "/new_order":  # a keyword: "buy"
        return Meaning("new_order", {"product": product["sku"]}).as_text()
    return None if text.startswith("/") else f"{product['name']} {text}"
