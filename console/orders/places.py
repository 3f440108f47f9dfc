"""Formats the address that an order goes to."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

_ON_THE_MAP = "https://www.google.com/maps/search/"


@dataclass(frozen=True)
class Place:
    """The lines of an address, and a link to a map: by its point, or else by its text."""

    lines: list[str]
    map_link: str

    @property
    def short(self) -> str:
        """The address on one line, for a card."""
        return ", ".join(self.lines) or "A pin on the map"


def read_place(kept: Mapping[str, Any] | None) -> Place | None:
    """The place stored with an order; None if it is missing or unreadable."""
    if not kept:
        return None
    lines = [line.strip() for line in _read_words(kept.get("text")).splitlines()]
    lines = _with_postcode([line for line in lines if line], kept)
    wanted = _point(kept) or ", ".join(lines)
    if not wanted:
        return None
    return Place(lines, f"{_ON_THE_MAP}?{urlencode({'api': 1, 'query': wanted})}")


def _point(kept: Mapping[str, Any]) -> str | None:
    latitude, longitude = kept.get("latitude"), kept.get("longitude")
    if not all(isinstance(figure, int | float) for figure in (latitude, longitude)):
        return None
    return f"{latitude},{longitude}"


def _with_postcode(lines: list[str], kept: Mapping[str, Any]) -> list[str]:
    """The lines with the PIN code, if they lack it: maps and riders need it."""
    postcode = _read_words(kept.get("postcode"))
    is_said = postcode in "".join("".join(lines).split())
    return lines if is_said else [*lines, postcode]


def _read_words(said: object) -> str:
    return said.strip() if isinstance(said, str) else ""
