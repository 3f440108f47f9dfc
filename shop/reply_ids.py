"""What a tap means: the id of a button or row, resolved into an intent and its one entity."""

import json
from dataclasses import dataclass, field
from functools import cache

import yaml
from sqlalchemy import select
from sqlalchemy.orm import Session

from settings import ROOT
from shop import menus
from shop.tickets import CATEGORIES
from storage.models import Product

# The one entity that an intent takes after a colon: `track_order:ORD-48213`.
ENTITY_OF = {
    "new_order": "product",
    "inform_quantity": "quantity",
    "track_order": "order_id",
    "cancel_order": "order_id",
    "show_menu": "menu",
    "edit_order": "product",
    "remove_item": "product",
}

_JOURNEY_OF = {menus.CATALOGUE: "new_order", menus.SUPPORT: "support"}


@dataclass(frozen=True)
class Meaning:
    """An intent with its entities, as a tap or a keyword says them."""

    intent: str
    entities: dict[str, str] = field(default_factory=dict)

    def as_text(self) -> str:
        """Rasa's `/intent{...}`."""
        return f"/{self.intent}{json.dumps(self.entities) if self.entities else ''}"


@cache
def intents() -> frozenset[str]:
    """The intents of the domain."""
    domain = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))
    listed = domain["intents"]
    return frozenset(next(iter(one)) if isinstance(one, dict) else one for one in listed)


def resolve(session: Session, reply_id: str) -> Meaning | None:
    """The meaning of a reply id in the order of DESIGN.md 5; None when it leads nowhere."""
    intent, _, value = reply_id.partition(":")
    if intent == "more" and value:
        return _page(value)
    if intent in intents() and (not value or intent in ENTITY_OF):
        return Meaning(intent, {ENTITY_OF[intent]: value} if value else {})
    if menus.find(session, reply_id):
        return opening(reply_id)
    sku = menus.product_sku(reply_id)
    if session.scalars(select(Product.id).where(Product.sku == sku)).first():
        return Meaning("new_order", {"product": sku})
    if reply_id in CATEGORIES:
        return Meaning(CATEGORIES[reply_id])
    return None


def _page(value: str) -> Meaning:
    """The row *More* of a long menu: `more:product_catalog:2` is its second page."""
    menu, _, page = value.rpartition(":")
    opens = opening(menu)
    return Meaning(opens.intent, {**opens.entities, "page": page})


def opening(menu: str) -> Meaning:
    """What opens a menu: the catalogue is a wish to order, the support menu one for help."""
    if menu in _JOURNEY_OF:
        return Meaning(_JOURNEY_OF[menu])
    return Meaning("show_menu", {"menu": menu})


def of_payload(payload: str) -> str:
    """The reply id for a payload: `/track_order{"order_id": "ORD-1"}` → `track_order:ORD-1`."""
    intent, brace, rest = payload.removeprefix("/").partition("{")
    if not brace:
        return intent
    entities = json.loads(brace + rest)
    return f"{intent}:{entities[ENTITY_OF[intent]]}"
