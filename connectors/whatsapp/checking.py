"""Holds an `interactive` object, whoever wrote it, against Meta's limits before Meta does."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from connectors.whatsapp import limits
from connectors.whatsapp.limits import Incomplete, Limit, LimitExceeded

Json = Mapping[str, Any]

# Types that are sent as they are written; how they are made up is not looked into.
_OTHER_TYPES = (
    "product",
    "product_list",
    "catalog_message",
    "carousel",
    "address_message",
    "order_details",
    "order_status",
    "call_permission_request",
    "voice_call",
    "request_contact_info",
)
_MEDIA = ("image", "video", "document")


def check(interactive: object) -> None:
    """Refuses an `interactive` object that Meta would refuse.

    Buttons, lists, links, Flows and requests for a location are known in full; of other types
    only header, body and footer are looked at.

    Raises:
        InteractiveRefused: says what is wrong; a LimitExceeded names the limit.
    """
    message = _mapping(interactive, "interactive")
    kind = _string(message, "type", "interactive")
    _action_check(kind)(message)
    _check_body(message, required=kind not in ("product", "catalog_message"))
    _check_header(message, kind)
    if "footer" in message:
        _check_text(limits.FOOTER, _mapping(message["footer"], "footer"), "text")


def _check_buttons(message: Json) -> None:
    replies = [
        _mapping(_mapping(button, "button").get("reply"), "reply")
        for button in _list(_action(message), "buttons")
    ]
    limits.BUTTONS.check_count(len(replies))
    for reply in replies:
        _check_id(limits.BUTTON_ID, reply)
        _check_text(limits.BUTTON_TITLE, reply, "title")
    _check_unique([reply["id"] for reply in replies], "button ids")
    _check_unique([reply["title"] for reply in replies], "button titles")


def _check_list(message: Json) -> None:
    action = _action(message)
    _check_text(limits.LIST_BUTTON, action, "button")
    sections = [_mapping(section, "section") for section in _list(action, "sections")]
    limits.SECTIONS.check_count(len(sections))
    rows = [_mapping(row, "row") for section in sections for row in _section_rows(section)]
    limits.ROWS.check_count(len(rows))
    for section in sections:
        if len(sections) > 1 or "title" in section:
            _check_text(limits.SECTION_TITLE, section, "title")
    for row in rows:
        _check_row(row)
    _check_unique([row["id"] for row in rows], "row ids")


def _section_rows(section: Json) -> list[Any]:
    rows = _list(section, "rows")
    if not rows:
        raise LimitExceeded(limits.SECTION_ROWS, 0)
    return rows


def _check_row(row: Json) -> None:
    _check_id(limits.ROW_ID, row)
    _check_text(limits.ROW_TITLE, row, "title")
    if "description" in row:
        _check_text(limits.ROW_DESCRIPTION, row, "description")


def _check_link(message: Json) -> None:
    parameters = _mapping(_action(message).get("parameters"), "action.parameters")
    _check_text(limits.LINK_TEXT, parameters, "display_text")
    if not _string(parameters, "url", "action.parameters").startswith(("http://", "https://")):
        raise Incomplete("action.parameters.url must begin with http:// or https://")


def _check_flow(message: Json) -> None:
    parameters = _mapping(_action(message).get("parameters"), "action.parameters")
    _check_text(limits.FLOW_BUTTON, parameters, "flow_cta")
    _string(parameters, "flow_message_version", "action.parameters")
    if ("flow_id" in parameters) == ("flow_name" in parameters):
        raise Incomplete("a Flow needs either flow_id or flow_name")


def _check_location_request(message: Json) -> None:
    if _action(message).get("name") != "send_location":
        raise Incomplete("action.name must be send_location")
    if "header" in message or "footer" in message:
        raise Incomplete("a request for a location has neither header nor footer")


def _action_check(kind: str) -> Callable[[Json], None]:
    if kind not in _ACTIONS and kind not in _OTHER_TYPES:
        raise Incomplete("type must be one that WhatsApp knows")
    return _ACTIONS.get(kind, _any_action)


def _any_action(message: Json) -> None:
    _action(message)


_ACTIONS: dict[str, Callable[[Json], None]] = {
    "button": _check_buttons,
    "list": _check_list,
    "cta_url": _check_link,
    "flow": _check_flow,
    "location_request_message": _check_location_request,
}


def _check_body(message: Json, *, required: bool) -> None:
    if required or "body" in message:
        _check_text(limits.INTERACTIVE_BODY, _mapping(message.get("body"), "body"), "text")


def _check_header(message: Json, kind: str) -> None:
    if "header" not in message:
        return
    header = _mapping(message["header"], "header")
    header_kind = _string(header, "type", "header")
    if header_kind == "text":
        _check_text(limits.HEADER, header, "text")
    elif header_kind not in _MEDIA or kind == "list":
        raise Incomplete(f"a {kind} message cannot have a header of type {header_kind}")
    else:
        media = _mapping(header.get(header_kind), f"header.{header_kind}")
        if ("id" in media) == ("link" in media):
            raise Incomplete(f"header.{header_kind} needs either id or link")


def _check_id(limit: Limit, node: Json) -> None:
    _check_text(limit, node, "id")
    if node["id"] != node["id"].strip():
        raise Incomplete(f"{limit.name}: no blanks around it")


def _check_text(limit: Limit, node: Json, key: str) -> None:
    text = _string(node, key, limit.name)
    limit.check(text if text.strip() else "")


def _check_unique(values: Sequence[str], what: str) -> None:
    if len(set(values)) < len(values):
        raise Incomplete(f"{what} must differ from each other")


def _action(message: Json) -> Json:
    return _mapping(message.get("action"), "action")


def _mapping(value: object, name: str) -> Json:
    if not isinstance(value, Mapping):
        raise Incomplete(f"{name} must be an object")
    return value


def _list(node: Json, key: str) -> list[Any]:
    value = node.get(key)
    if not isinstance(value, list):
        raise Incomplete(f"{key} must be a list")
    return value


def _string(node: Json, key: str, where: str) -> str:
    value = node.get(key)
    if not isinstance(value, str):
        raise Incomplete(f"{where}: {key} must be text")
    return value
