"""What a reply id means, given what there is: an intent and its entity. Asks no database."""

import json
import re
from collections.abc import Container, Mapping
from dataclasses import dataclass, field
from functools import cache

import yaml

from settings import ROOT
from shop.support.tickets import CATEGORIES
from shop.taps.menu_names import CATALOGUE, SUPPORT, for_everybody, product_sku

# The one entity that an intent takes after a colon: `track_order:ORD-48213`.
ENTITY_OF = {
    "new_order": "product",
    "inform_quantity": "quantity",
    "track_order": "order_id",
    "cancel_order": "order_id",
    "show_menu": "menu",
    "edit_order": "product",
    "remove_item": "product",
    "faq_price": "product",
    "faq_ingredients": "product",
    "change_language": "language",
    "track_ticket": "ticket_id",
}

# What is tapped in "Did you mean" where it was nothing of what was offered.
NONE_OF_THESE = "out_of_scope"
_MEANT = "meant"
# What taps that we offer say, as far as it is not a name of something in the database.
_NUMBER = re.compile(r"[A-Za-z0-9-]{1,40}")
_VALUES = {
    "quantity": re.compile(r"[0-9]{1,6}"),
    "order_id": _NUMBER,
    "ticket_id": _NUMBER,
    "language": re.compile(r"[a-z]{2,3}"),
}
# What one conversation offers: `fulfilment:delivery`, `address:new`, `time:now`.
# By prefix: the intent that the tap says, its entity, and what may stand behind the colon.
_DATE = r"\d{4}-\d{2}-\d{2}"
OFFERED = {
    "fulfilment": ("choose_fulfilment", "fulfilment", re.compile(r"pickup|delivery|dine_in")),
    "address": ("choose_address", "address_id", re.compile(r"new|[0-9A-Za-z-]{1,40}")),
    "day": ("choose_time", "day", re.compile(_DATE)),
    "time": (
        "choose_time",
        "slot",
        re.compile(rf"now|{_DATE}T[0-9:.]{{4,15}}(?:Z|[+-][0-9:]{{2,6}})"),
    ),
}
_PAGE = re.compile(r"[0-9]{1,4}")
# Intents that offer more than one list holds.
_PAGED = ("edit_order",)
_JOURNEY_OF = {CATALOGUE: "new_order", SUPPORT: "support"}


@dataclass(frozen=True)
class Meaning:
    """An intent with its entities, as a tap or a keyword says them."""

    intent: str
    entities: dict[str, str] = field(default_factory=dict)

    def as_text(self) -> str:
        """Rasa's `/intent{...}`."""
        return f"/{self.intent}{json.dumps(self.entities) if self.entities else ''}"


@cache
def domain_intents() -> frozenset[str]:
    """The intents of the domain."""
    domain = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))
    listed = domain["intents"]
    return frozenset(next(iter(one)) if isinstance(one, dict) else one for one in listed)


def reply_meaning(reply_id: str, menus: Container[str], skus: Container[str]) -> Meaning | None:
    """The meaning of a reply id in the order of DESIGN.md 5; None when it leads nowhere."""
    # Without the words that it was meant by, it means the intent alone.
    intent, _, value = (meant_intent(reply_id) or reply_id).partition(":")
    if intent == "more" and value:
        return _page(value, menus)
    if intent in domain_intents() and (not value or intent in ENTITY_OF):
        return _with_value(intent, value, menus, skus) if value else Meaning(intent)
    if reply_id in menus:
        return opening_meaning(reply_id)
    sku = product_sku(reply_id)
    if sku in skus:
        return Meaning("new_order", {"product": sku})
    if reply_id in CATEGORIES:
        return Meaning(CATEGORIES[reply_id])
    return _offered(intent, value)


def offered_id(intent: str, entities: Mapping[str, str]) -> str | None:
    """The reply id of what one conversation offers; None for every other tap."""
    return next(
        (
            f"{prefix}:{entities[entity]}"
            for prefix, (says, entity, _) in OFFERED.items()
            if says == intent and entity in entities
        ),
        None,
    )


def meant_id(intent: str) -> str:
    """The reply id for "you meant this", which brings the words along that were not clear."""
    return f"{_MEANT}:{intent}"


def meant_intent(reply_id: str) -> str | None:
    """The intent that a reply id says was meant; None for every other id."""
    kind, _, intent = reply_id.partition(":")
    return intent if kind == _MEANT and intent in domain_intents() else None


def _with_value(
    intent: str, value: str, menus: Container[str], skus: Container[str]
) -> Meaning | None:
    """The intent with its one entity; a product or a menu must be one that the shop has."""
    entity = ENTITY_OF[intent]
    if entity == "product":
        value = product_sku(value)
        # The second line of a product has a key of its own: `edit_order:coffee#2`.
        sku = value.partition("#")[0] if intent == "edit_order" else value
        return Meaning(intent, {entity: value}) if sku in skus else None
    if entity == "menu":
        return Meaning(intent, {entity: value}) if for_everybody(value) in menus else None
    return Meaning(intent, {entity: value}) if _VALUES[entity].fullmatch(value) else None


def _offered(prefix: str, value: str) -> Meaning | None:
    """What one conversation offers; whether it was this one, the action looks at."""
    if prefix not in OFFERED:
        return None
    intent, entity, pattern = OFFERED[prefix]
    return Meaning(intent, {entity: value}) if pattern.fullmatch(value) else None


def _page(value: str, menus: Container[str]) -> Meaning | None:
    """The row *More* of a long menu, or of what an intent offers: `more:product_catalog:2`."""
    menu, _, page = value.rpartition(":")
    if not _PAGE.fullmatch(page):
        return None
    if menu in _PAGED:
        return Meaning(menu, {"page": page})
    if for_everybody(menu) not in menus:
        return None
    opens = opening_meaning(menu)
    return Meaning(opens.intent, {**opens.entities, "page": page})


def opening_meaning(menu: str) -> Meaning:
    """What opens a menu: the catalogue is a wish to order, the support menu one for help."""
    name = for_everybody(menu)
    if name in _JOURNEY_OF:
        return Meaning(_JOURNEY_OF[name])
    return Meaning("show_menu", {"menu": name})
