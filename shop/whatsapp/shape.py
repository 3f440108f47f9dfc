"""Asks of a JSON object what it must be made of; what is not so is `Incomplete`."""

from collections.abc import Mapping
from typing import Any

from shop.whatsapp.limits import Incomplete, Limit

Json = Mapping[str, Any]


def require_mapping(value: object, name: str) -> Json:
    if not isinstance(value, Mapping):
        raise Incomplete(f"{name} must be an object")
    return value


def require_items(node: Json, key: str) -> list[Any]:
    value = node.get(key)
    if not isinstance(value, list):
        raise Incomplete(f"{key} must be a list")
    return value


def require_string(node: Json, key: str, where: str) -> str:
    value = node.get(key)
    if not isinstance(value, str):
        raise Incomplete(f"{where}: {key} must be text")
    return value


def require_one_of(node: Json, key: str, *choices: str) -> str:
    value = node.get(key)
    if not isinstance(value, str) or value not in choices:
        raise Incomplete(f"{key} must be {' or '.join(choices)}")
    return value


def require_only(node: Json, *keys: str) -> None:
    """Meta may refuse what it does not know, a misspelled key above all."""
    if unknown := sorted(str(key) for key in node if key not in keys):
        raise Incomplete(f"{unknown[0]} is not one of {', '.join(keys)}")


def require_limited(limit: Limit, node: Json, key: str) -> None:
    """Text within the limit that is not blank."""
    text = require_string(node, key, limit.name)
    limit.check(text if text.strip() else "")
