"""Removes optional parts of a menu that are empty ("" or null): WhatsApp wants them left out."""

from collections.abc import Iterator, MutableMapping
from typing import Any


def drop_blanks(interactive: MutableMapping[str, Any]) -> None:
    """Removes optional parts without text where the object has the usual shape."""
    for name in ("header", "footer"):
        part = interactive.get(name)
        is_worded = name == "footer" or (isinstance(part, dict) and part.get("type") == "text")
        wordless = isinstance(part, dict) and is_worded and _is_blank(part.get("text"))
        if name in interactive and (_is_blank(part) or part == {} or wordless):
            del interactive[name]
    sections = _list_of(interactive.get("action"), "sections")
    for section in sections:
        if len(sections) == 1:
            _drop(section, "title")
        for row in _list_of(section, "rows"):
            _drop(row, "description")


def _drop(node: dict[str, Any], key: str) -> None:
    if key in node and _is_blank(node[key]):
        del node[key]


def _is_blank(value: object) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def _list_of(node: object, key: str) -> list[dict[str, Any]]:
    listed = node.get(key) if isinstance(node, dict) else None
    return list(_objects(listed)) if isinstance(listed, list) else []


def _objects(listed: list[Any]) -> Iterator[dict[str, Any]]:
    return (each for each in listed if isinstance(each, dict))
