"""Where an order is to be brought, as people write it down."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

_ON_THE_MAP = "https://www.google.com/maps/search/"


@dataclass(frozen=True)
class Place:
    """Lines of an address, and the map that shows it: by its point, else by its words."""

    lines: list[str]
    map_link: str

    @property
    def short(self) -> str:
        """On one line, for a card."""
        return ", ".join(self.lines) or "A pin on the map"


def read_place(kept: Mapping[str, Any] | None) -> Place | None:
    """The place that is kept with an order; None where nothing of use is."""
    if not kept:
        return None
    lines = [line.strip() for line in _words(kept.get("text")).splitlines()]
    lines = [line for line in lines if line]
    wanted = _point(kept) or ", ".join(_with_postcode(lines, kept))
    if not wanted:
        return None
    return Place(lines, f"{_ON_THE_MAP}?{urlencode({'api': 1, 'query': wanted})}")


def _point(kept: Mapping[str, Any]) -> str | None:
    latitude, longitude = kept.get("latitude"), kept.get("longitude")
    if not all(isinstance(figure, int | float) for figure in (latitude, longitude)):
        return None
    return f"{latitude},{longitude}"


def _with_postcode(lines: list[str], kept: Mapping[str, Any]) -> list[str]:
    """The map finds an address sooner by its PIN code, which may not stand in the words."""
    postcode = _words(kept.get("postcode"))
    is_said = postcode in "".join("".join(lines).split())
    return lines if is_said else [*lines, postcode]


def _words(said: object) -> str:
    return said.strip() if isinstance(said, str) else ""
