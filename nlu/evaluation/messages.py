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
    return [
        Expected(
            entry["text"],
            entry["intent"],
            entry.get("kind", ""),
            frozenset(entry.get("also", ())),
            tuple(entry.get("lines", {}).items()),
            entry.get("order_id"),
        )
        for entry in entries
    ]


def lines_of(entities: Sequence[dict[str, Any]]) -> tuple[Line, ...]:
    """The lines of an order, by the group that their entities share."""
    lines: dict[str, dict[str, Any]] = {}
    for entity in entities:
        if "group" in entity:
            lines.setdefault(entity["group"], {})[entity["entity"]] = entity["value"]
    return tuple((line["product"], line.get("quantity")) for line in lines.values())


def product_totals(lines: Iterable[Line]) -> dict[str, int | None]:
    """The quantity by product; what is ordered twice is added up."""
    found: dict[str, int | None] = {}
    for sku, number in lines:
        before = found.get(sku)
        found[sku] = number if before is None or number is None else before + number
    return found
