"""Finds responses that nothing uses: neither a rule nor our code, which Rasa does not read."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from settings import ROOT

_CODE = ("actions", "connectors", "console", "settings", "shop", "storage", "trays")
_SUFFIXES = {".py", ".yml", ".html"}
_NAMED = re.compile(r"\butter_\w+")
# A name with a part that is filled in at run time: f"utter_status_{order.status}".
_MADE = re.compile(r'f"(utter_\w*\{[^"]+\}\w*)"')
_PART = re.compile(r"\{[^}]*\}")


def find_unused_responses(responses: Iterable[str]) -> list[str]:
    """The responses that neither a rule nor our code uses, sorted."""
    text = "\n".join(path.read_text(encoding="utf-8") for path in _files())
    named = set(_NAMED.findall(text))
    made = [re.compile(_PART.sub(r"\\w+", name)) for name in set(_MADE.findall(text))]
    return sorted(
        name
        for name in responses
        if name not in named and not any(pattern.fullmatch(name) for pattern in made)
    )


def _files() -> Iterator[Path]:
    yield from (ROOT / "data" / "rules").glob("*.yml")
    for room in _CODE:
        yield from (p for p in (ROOT / room).rglob("*") if p.suffix in _SUFFIXES)
