"""Maps reply ids to an intent and its entities. Uses no database."""

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

# The choice "None of these" in "Did you mean".
NONE_OF_THESE = "out_of_scope"
_MEANT = "meant"
# The patterns of values in ids of the bot's own that name nothing in the database.
_NUMBER = re.compile(r"[A-Za-z0-9-]{1,40}")
_VALUES = {
    "quantity": re.compile(r"[0-9]{1,6}"),
    "order_id": _NUMBER,
    "ticket_id": _NUMBER,
    "language": re.compile(r"[a-z]{2,3}"),
}
_MORE = "more"
_MORE_ID = re.compile(rf"{_MORE}:(?P<key>.+):(?P<page>[0-9]{{1,4}})", re.ASCII | re.DOTALL)
# Offers that are valid in one conversation: `option:12`, `fulfilment:delivery`, `time:now`.
# By prefix: the intent of the tap, its entity, and the pattern of the value after the colon.
_DATE = r"\d{4}-\d{2}-\d{2}"
OFFERED = {
    "category": ("new_order", "category", re.compile(r"[0-9]{1,9}")),
    # More results of a search: the highest price or 0, whether the cheapest come first, the words.
    "search": ("new_order", "search", re.compile(r"[0-9]{1,6}/[01]/[^/:]{0,120}")),
    "option": ("choose_option", "option", re.compile(r"done|[0-9]{1,9}")),
    "fulfilment": ("choose_fulfilment", "fulfilment", re.compile(r"pickup|delivery|dine_in")),
    "address": ("choose_address", "address_id", re.compile(r"new|[0-9A-Za-z-]{1,40}")),
    "day": ("choose_time", "day", re.compile(_DATE)),
    "time": (
        "choose_time",
        "slot",
        re.compile(rf"now|{_DATE}T[0-9:.]{{4,15}}(?:Z|[+-][0-9:]{{2,6}})"),
    ),
    # Answers to the question about an item that ran out (shop/orders/shortages).
    "shortage": (
        "answer_shortage",
        "shortage",
        re.compile(r"[0-9]{1,18}:(?:without|swap[12]|cancel)"),
    ),
}
# Intents whose options may need more than one list.
_PAGED = ("edit_order", "choose_option")
_JOURNEY_OF = {CATALOGUE: "new_order", SUPPORT: "support"}


@dataclass(frozen=True)
class Meaning:
    """The intent and entities of a tap or a keyword."""

    intent: str
    entities: dict[str, str] = field(default_factory=dict)

    def as_text(self) -> str:
        """Rasa's `/intent{...}`."""
        return f"/{self.intent}{json.dumps(self.entities) if self.entities else ''}"

    @classmethod
    def from_text(cls, text: str) -> "Meaning":
        """The meaning that `as_text` wrote."""
        intent, brace, entities = text.removeprefix("/").partition("{")
        return cls(intent, json.loads(brace + entities) if brace else {})


@cache
def domain_intents() -> frozenset[str]:
    """The intents of the domain."""
    domain = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))
    listed = domain["intents"]
    return frozenset(next(iter(one)) if isinstance(one, dict) else one for one in listed)


def reply_meaning(reply_id: str, menus: Container[str], skus: Container[str]) -> Meaning | None:
    """The meaning of a reply id, as docs/menus.md lists them; None if it means nothing."""
    # Without the unclear message that it refers to, it means the intent alone.
    intent, _, value = (meant_intent(reply_id) or reply_id).partition(":")
    if intent == _MORE and value:
        more = read_more_id(reply_id)
        return _page(*more, menus) if more else None
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
    """The reply id of an offer that belongs to one conversation; None for every other tap."""
    return next(
        (
            f"{prefix}:{entities[entity]}"
            for prefix, (says, entity, _) in OFFERED.items()
            if says == intent and entity in entities
        ),
        None,
    )


def more_id(key: str, page: int) -> str:
    """The id of a row that leads to a page (from 1) of the key's options."""
    return f"{_MORE}:{key}:{page}"


def read_more_id(reply_id: str) -> tuple[str, int] | None:
    """The key and the page in the id of such a row; None for every other id."""
    found = _MORE_ID.fullmatch(reply_id)
    return (found["key"], int(found["page"])) if found else None


def meant_id(intent: str) -> str:
    """The reply id of a choice in "Did you mean", which refers to the unclear message."""
    return f"{_MEANT}:{intent}"


def meant_intent(reply_id: str) -> str | None:
    """The intent in such a reply id; None for other ids."""
    kind, _, intent = reply_id.partition(":")
    return intent if kind == _MEANT and intent in domain_intents() else None


def _with_value(
    intent: str, value: str, menus: Container[str], skus: Container[str]
) -> Meaning | None:
    """The intent with its one entity; a product or menu must exist."""
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
    """The meaning of an offer; the action checks that it is of this conversation."""
    if prefix not in OFFERED:
        return None
    intent, entity, pattern = OFFERED[prefix]
    return Meaning(intent, {entity: value}) if pattern.fullmatch(value) else None


def _page(key: str, page: int, menus: Container[str]) -> Meaning | None:
    """The meaning of the row *More* of a long menu or an intent's options:
    `more:product_catalog:2`."""
    if key in _PAGED:
        return Meaning(key, {"page": str(page)})
    if offered := _offered(*key.split(":", 1)) if ":" in key else None:
        return Meaning(offered.intent, {**offered.entities, "page": str(page)})
    if for_everybody(key) not in menus:
        return None
    opens = opening_meaning(key)
    return Meaning(opens.intent, {**opens.entities, "page": str(page)})


def opening_meaning(menu: str) -> Meaning:
    """The meaning that opens a menu: new_order for the catalogue, support for the support menu."""
    name = for_everybody(menu)
    if name in _JOURNEY_OF:
        return Meaning(_JOURNEY_OF[name])
    return Meaning("show_menu", {"menu": name})
