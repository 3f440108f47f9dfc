"""Reads arbitrary JSON: a part of the wrong type counts as empty."""

from collections.abc import Mapping
from typing import Any

Json = Mapping[str, Any]


def as_mapping(value: object) -> Json:
    """The value if it is an object, else an empty one."""
    return value if isinstance(value, Mapping) else {}


def as_sequence(value: object) -> list[Any]:
    """The value if it is a list, else an empty one."""
    return value if isinstance(value, list) else []
