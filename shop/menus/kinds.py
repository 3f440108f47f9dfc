"""Converts a menu to another type. Parts that do not fit stay in the draft for converting back."""

from typing import Any

from shop.menus.last_good_version import Interactive
from shop.menus.link_map import option_paths
from shop.menus.shape import shape_menu
from shop.whatsapp.json_parts import as_mapping

Option = dict[str, str]
Action = dict[str, Any]

KINDS = ("button", "list", "flow")
_PARTS = {"button": ("buttons",), "list": ("button", "sections"), "flow": ("name", "parameters")}
_LIST_BUTTON = "Choose"


def as_kind(interactive: Interactive, kind: str) -> Interactive:
    """The menu as another type, with its text and options.

    Data kept for other types is kept as a list, which holds the most about an option.
    """
    made = {key: value for key, value in interactive.items() if key in ("body", "footer")}
    header = as_mapping(interactive.get("header"))
    if header and (kind != "list" or header.get("type") == "text"):
        made["header"] = header
    before = as_mapping(interactive.get("action"))
    flow = {name: before[name] for name in _PARTS["flow"] if name in before}
    listed = _listed(interactive)
    rows = [{key: row.get(key, "") for key in ("id", "title")} for row in _rows_of_list(listed)]
    plain = {"button": _LIST_BUTTON, "sections": [{"rows": rows or [_blank()]}]}
    replies = [{"type": "reply", "reply": row} for row in rows or [_blank()]]
    actions: dict[str, Action] = {
        "button": {"buttons": replies, **({} if listed == plain else listed), **flow},
        "list": {**listed, **flow},
        "flow": {**(flow or _empty_flow()), **(listed if rows else {})},
    }
    return {"type": kind, **made, "action": actions[kind]}


def without_waiting_parts(interactive: Any) -> Any:
    """The menu as it would be sent, without data kept for other types."""
    waiting = waiting_parts(interactive)
    if not waiting:
        return interactive
    action = as_mapping(interactive["action"])
    return {**interactive, "action": {k: v for k, v in action.items() if k not in waiting}}


def waiting_parts(interactive: object) -> Action:
    """The data for other types in a menu's action."""
    menu = as_mapping(interactive)
    kind, action = menu.get("type"), as_mapping(menu.get("action"))
    if kind not in KINDS:
        return {}
    others = {part for other, parts in _PARTS.items() if other != kind for part in parts}
    return {part: value for part, value in action.items() if part in others}


def waiting_options(interactive: Interactive) -> list[Option]:
    """The options that a Flow keeps for other types."""
    return _rows_of_list(_listed(interactive)) if interactive.get("type") == "flow" else []


def _listed(interactive: Interactive) -> Action:
    """The options as a list, described and in sections as they were when it last was one."""
    menu = interactive if interactive.get("type") == "flow" else without_waiting_parts(interactive)
    options = [dict(option) for _, option in option_paths(menu)]
    before = shape_menu({"type": "list", "action": interactive.get("action")})["action"]
    known = {row["id"]: row for row in _rows_of_list(before)}
    described: list[Option] = [{**known.get(o.get("id", ""), {}), **o} for o in options]
    listed = {"button": before["button"] or _LIST_BUTTON, "sections": before["sections"]}
    if not options or [o.get("id") for o in options] != [
        row["id"] for row in _rows_of_list(before)
    ]:
        return {**listed, "sections": [{"rows": described or [_blank()]}]}
    for row, option in zip(_rows_of_list(listed), described, strict=True):
        row.update(option)
    return listed


def _rows_of_list(listed: Action) -> list[Option]:
    found = [row for section in listed["sections"] for row in section["rows"]]
    return [] if found == [_blank()] else found


def _blank() -> Option:
    return {"id": "", "title": ""}


def _empty_flow() -> Action:
    given = {"flow_message_version": "3", "flow_id": "", "flow_cta": ""}
    return {"name": "flow", "parameters": given}
