"""Brings the JSON of a hand-written menu into the usual shape, for pages and previews."""

from typing import Any

from shop.menus.last_good_version import Interactive
from shop.whatsapp.json_parts import as_mapping, as_sequence
from shop.whatsapp.validation.interactive import MEDIA


def shape_menu(value: object) -> Interactive:
    """The `interactive` object in the usual shape; anything else is left out."""
    given = as_mapping(value)
    kind = _read_text(given, "type")
    made: Interactive = {
        "type": kind,
        "body": {"text": _read_text(as_mapping(given.get("body")), "text")},
    }
    if header := _header(as_mapping(given.get("header"))):
        made["header"] = header
    if "footer" in given:
        made["footer"] = {"text": _read_text(as_mapping(given["footer"]), "text")}
    action = as_mapping(given.get("action"))
    made["action"] = {"button": _buttons, "list": _list, "flow": _flow}.get(kind, dict)(action)
    return made


def _header(header: Any) -> dict[str, Any] | None:
    kind = _read_text(header, "type")
    if kind == "text":
        return {"type": kind, "text": _read_text(header, "text")}
    return {"type": kind, kind: dict(as_mapping(header.get(kind)))} if kind in MEDIA else None


def _buttons(action: Any) -> dict[str, Any]:
    replies = [
        as_mapping(as_mapping(one).get("reply")) for one in as_sequence(action.get("buttons"))
    ]
    return {
        "buttons": [
            {"type": "reply", "reply": {key: _read_text(reply, key) for key in ("id", "title")}}
            for reply in replies
        ]
    }


def _list(action: Any) -> dict[str, Any]:
    sections = [as_mapping(one) for one in as_sequence(action.get("sections"))]
    return {"button": _read_text(action, "button"), "sections": [_section(one) for one in sections]}


def _section(section: Any) -> dict[str, Any]:
    rows = [_read_row(as_mapping(row)) for row in as_sequence(section.get("rows"))]
    return (
        {"title": _read_text(section, "title"), "rows": rows}
        if "title" in section
        else {"rows": rows}
    )


def _read_row(row: Any) -> dict[str, str]:
    described = {"description": _read_text(row, "description")} if "description" in row else {}
    return {"id": _read_text(row, "id"), "title": _read_text(row, "title"), **described}


def _flow(action: Any) -> dict[str, Any]:
    given = dict(as_mapping(action.get("parameters")))
    if "flow_action_payload" in given:
        given["flow_action_payload"] = dict(as_mapping(given["flow_action_payload"]))
    return {"name": "flow", "parameters": given}


def _read_text(node: Any, key: str) -> str:
    value = node.get(key)
    return value if isinstance(value, str) else ""
