"""Menus written by hand may be any JSON; pages and previews need the usual shape."""

from typing import Any

from shop.menu_fields import mapping, sequence
from shop.menu_fitness import Interactive
from shop.menu_problems import MEDIA


def shaped(value: object) -> Interactive:
    """The `interactive` object with every part in its place; what fits nowhere is left out."""
    given = mapping(value)
    kind = _text(given, "type")
    made: Interactive = {"type": kind, "body": {"text": _text(mapping(given.get("body")), "text")}}
    if header := _header(mapping(given.get("header"))):
        made["header"] = header
    if "footer" in given:
        made["footer"] = {"text": _text(mapping(given["footer"]), "text")}
    action = mapping(given.get("action"))
    made["action"] = {"button": _buttons, "list": _list, "flow": _flow}.get(kind, dict)(action)
    return made


def _header(header: Any) -> dict[str, Any] | None:
    kind = _text(header, "type")
    if kind == "text":
        return {"type": kind, "text": _text(header, "text")}
    return {"type": kind, kind: dict(mapping(header.get(kind)))} if kind in MEDIA else None


def _buttons(action: Any) -> dict[str, Any]:
    replies = [mapping(mapping(one).get("reply")) for one in sequence(action.get("buttons"))]
    return {
        "buttons": [
            {"type": "reply", "reply": {key: _text(reply, key) for key in ("id", "title")}}
            for reply in replies
        ]
    }


def _list(action: Any) -> dict[str, Any]:
    sections = [mapping(one) for one in sequence(action.get("sections"))]
    return {"button": _text(action, "button"), "sections": [_section(one) for one in sections]}


def _section(section: Any) -> dict[str, Any]:
    rows = [_row(mapping(row)) for row in sequence(section.get("rows"))]
    return (
        {"title": _text(section, "title"), "rows": rows} if "title" in section else {"rows": rows}
    )


def _row(row: Any) -> dict[str, str]:
    described = {"description": _text(row, "description")} if "description" in row else {}
    return {"id": _text(row, "id"), "title": _text(row, "title"), **described}


def _flow(action: Any) -> dict[str, Any]:
    given = dict(mapping(action.get("parameters")))
    if "flow_action_payload" in given:
        given["flow_action_payload"] = dict(mapping(given["flow_action_payload"]))
    return {"name": "flow", "parameters": given}


def _text(node: Any, key: str) -> str:
    value = node.get(key)
    return value if isinstance(value, str) else ""
