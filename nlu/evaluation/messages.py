"""The messages of a test split, and what is right for each.

The file is YAML: a list `messages` of `text`, `intent`, `kind` (what sort of message), and where
they apply `lines` (quantity by sku, null where none is said), `order_id`, and `also` (intents that
are as good).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

Line = tuple[str, int | None]

# Intents that were split off since the older splits were labelled, and from which. Splits are
# never edited: where one knows nothing of the newer intent, that is as good as the older one, and
# counts in the lenient figures alone.
SPLIT_FROM = {
    "wait": "deny",
    "later": "deny",
    "that_is_all": "deny",
    "none_of_these": "deny",
    "faq_shop": "faq_location",
    "ask_total": "faq_price",
    "faq_offers": "faq_price",
    "complain": "support_other",
    "choose_fulfilment": "faq_location",
    "give_address": "edit_order",
}


@dataclass(frozen=True)
class Expected:
    """A message with its right intent and entities; `also` are intents that count as right."""

    text: str
    intent: str
    kind: str = ""
    also: frozenset[str] = frozenset()
    lines: tuple[Line, ...] = ()
    order_id: str | None = None

    def accepts(self, intent: str) -> bool:
        """Whether this intent is right."""
        return intent == self.intent or intent in self.also


def read_messages(file: Path) -> list[Expected]:
    """All messages of a test split, in the order of the file."""
    entries: list[dict[str, Any]] = yaml.safe_load(file.read_text(encoding="utf-8"))["messages"]
    known = {intent for entry in entries for intent in (entry["intent"], *entry.get("also", ()))}
    return [
        Expected(
            entry["text"],
            entry["intent"],
            entry.get("kind", ""),
            _also({entry["intent"], *entry.get("also", ())}, known) - {entry["intent"]},
            tuple(entry.get("lines", {}).items()),
            entry.get("order_id"),
        )
        for entry in entries
    ]


def _also(intents: set[str], known: set[str]) -> frozenset[str]:
    """The intents of a message, with those that were split off from them and are not `known`."""
    return frozenset(
        intents | {new for new, old in SPLIT_FROM.items() if old in intents and new not in known}
    )


def lines_of(entities: Sequence[dict[str, Any]]) -> tuple[Line, ...]:
    """The lines of an order, by the group that their entities share; of a name that fits several
    products is asked, which makes no line yet."""
    lines: dict[str, dict[str, Any]] = {}
    for entity in entities:
        if "group" in entity:
            lines.setdefault(entity["group"], {})[entity["entity"]] = entity["value"]
    named = (line for line in lines.values() if "product" in line)
    return tuple((line["product"], line.get("quantity")) for line in named)


def product_totals(lines: Iterable[Line]) -> dict[str, int | None]:
    """The quantity by product; what is ordered twice is added up."""
    found: dict[str, int | None] = {}
    for sku, number in lines:
        before = found.get(sku)
        found[sku] = number if before is None or number is None else before + number
    return found
