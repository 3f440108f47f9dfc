"""The messages of a test split, and what is right for each.

The file is YAML, one list per intent. A message is its text alone, or has beside its `text`
`lines` ("tea 2", "samosa": product by sku and quantity, if one is said), `quantity` (a number
without a product), `order_id`, and `also` (intents that are as good). A message that has none of
them has no entities.
"""

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
    also: frozenset[str] = frozenset()
    lines: tuple[Line, ...] = ()
    quantity: int | None = None
    order_id: str | None = None

    def accepts(self, intent: str) -> bool:
        """Whether this intent is right."""
        return intent == self.intent or intent in self.also


def read_messages(file: Path) -> list[Expected]:
    """All messages of a test split, in the order of the file."""
    by_intent: dict[str, list[Any]] = yaml.safe_load(file.read_text(encoding="utf-8"))
    return [_expected(intent, entry) for intent, entries in by_intent.items() for entry in entries]


def _expected(intent: str, entry: Any) -> Expected:
    if not isinstance(entry, dict):
        return Expected(str(entry), intent)
    return Expected(
        str(entry["text"]),
        intent,
        frozenset(entry.get("also", ())),
        tuple(_line(line) for line in entry.get("lines", ())),
        entry.get("quantity"),
        entry.get("order_id"),
    )


def _line(line: str) -> Line:
    sku, _, quantity = line.partition(" ")
    return sku, int(quantity) if quantity else None
