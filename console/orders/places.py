"""Where an order is to be brought, as people write it down."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

_ON_THE_MAP = "https://www.openstreetmap.org/"
_ZOOM = 17


@dataclass(frozen=True)
class Place:
    """Lines of an address, and where it is on a map, as far as the customer said."""

    lines: list[str]
    map_link: str | None

    @property
    def short(self) -> str:
        """Enough for a card."""
        return self.lines[0].partition(",")[0] if self.lines else "A pin on the map"


def read_place(kept: Mapping[str, Any] | None) -> Place | None:
    """The place that is kept with an order; None where nothing of use is."""
    if not kept:
        return None
    lines = [line.strip() for line in _words(kept.get("text")).splitlines()]
    found = Place([line for line in lines if line], _map_link(kept))
    return found if found.lines or found.map_link else None


def _map_link(kept: Mapping[str, Any]) -> str | None:
    latitude, longitude = kept.get("latitude"), kept.get("longitude")
    if not all(isinstance(figure, int | float) for figure in (latitude, longitude)):
        return None
    marker = urlencode({"mlat": latitude, "mlon": longitude})
    return f"{_ON_THE_MAP}?{marker}#map={_ZOOM}/{latitude}/{longitude}"


def _words(said: object) -> str:
    return said.strip() if isinstance(said, str) else ""
