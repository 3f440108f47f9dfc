"""Reads the messages of a test split, each with the right answer.

The file is YAML: a list `messages` of `text`, `intent`, `kind` (what sort of message), and, where
they apply, `lines` (quantity by sku, null if none is said), `order_id` and `also` (other intents
that are right, too).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

Line = tuple[str, int | None]

# Newer intents, by the intent that they were split off from after the older test splits had been
# labelled. Splits are never edited: in a split without the newer intent, it counts as right in
# place of the older one, in the lenient figures only.
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


def read_messages(*files: Path) -> list[Expected]:
    """All messages of a test split, in the order of the files in which it stands."""
    entries: list[dict[str, Any]] = [
        entry
        for file in files
        for entry in yaml.safe_load(file.read_text(encoding="utf-8"))["messages"]
    ]
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
    """The right intents of a message, plus those split off from them that are not `known`."""
    return frozenset(
        intents | {new for new, old in SPLIT_FROM.items() if old in intents and new not in known}
    )


def read_order_lines(entities: Sequence[dict[str, Any]]) -> tuple[Line, ...]:
    """The lines of an order: entities of one line share a `group`. A name that fits several
    products is no line yet, since the bot asks which one is meant."""
    lines: dict[str, dict[str, Any]] = {}
    for entity in entities:
        if "group" in entity:
            lines.setdefault(entity["group"], {})[entity["entity"]] = entity["value"]
    named = (line for line in lines.values() if "product" in line)
    return tuple((line["product"], line.get("quantity")) for line in named)


def product_totals(lines: Iterable[Line]) -> dict[str, int | None]:
    """The quantity by product, added up over the lines."""
    found: dict[str, int | None] = {}
    for sku, number in lines:
        before = found.get(sku)
        found[sku] = number if before is None or number is None else before + number
    return found
