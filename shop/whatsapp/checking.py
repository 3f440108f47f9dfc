"""Holds an `interactive` object, whoever wrote it, against Meta's limits before Meta does."""

from collections.abc import Callable, Sequence
from typing import Any

from shop.whatsapp import limits, shape
from shop.whatsapp.limits import Incomplete, Limit, LimitExceeded
from shop.whatsapp.shape import Json
from shop.whatsapp.special import check_flow, check_link, check_request

_MEDIA = ("image", "video", "document")


def validate_interactive(interactive: object, *, counts: bool = True) -> None:
    """Refuses an `interactive` object that Meta would refuse, or that we do not know.

    Keys of buttons and lists that Meta does not know pass: `bubbles.build_bodies` leaves them out.
    Without `counts` there may be more options than one message takes: they become a list, or
    pages of one.

    Raises:
        InteractiveRefused: says what is wrong; a LimitExceeded names the limit.
    """
    message = shape.require_mapping(interactive, "interactive")
    kind = shape.require_one_of(message, "type", *_CHECKS)
    _CHECKS[kind](message)
    shape.require_limited(
        limits.INTERACTIVE_BODY, shape.require_mapping(message.get("body"), "body"), "text"
    )
    if "header" in message:
        _check_header(shape.require_mapping(message["header"], "header"), kind)
    if "footer" in message:
        shape.require_limited(
            limits.FOOTER, shape.require_mapping(message["footer"], "footer"), "text"
        )
    if counts:
        _check_counts(kind, message["action"])


def _check_buttons(message: Json) -> None:
    action = shape.require_mapping(message.get("action"), "action")
    buttons = [
        shape.require_mapping(button, "button") for button in shape.require_items(action, "buttons")
    ]
    replies = [shape.require_mapping(button.get("reply"), "reply") for button in buttons]
    if not replies:
        raise LimitExceeded(limits.BUTTONS, 0)
    for reply in replies:
        _check_id(limits.BUTTON_ID, reply)
        shape.require_limited(limits.BUTTON_TITLE, reply, "title")
    _check_unique([reply["id"] for reply in replies], "button ids")
    _check_unique([reply["title"] for reply in replies], "button titles")


def _check_list(message: Json) -> None:
    action = shape.require_mapping(message.get("action"), "action")
    shape.require_limited(limits.LIST_BUTTON, action, "button")
    sections = [
        shape.require_mapping(section, "section")
        for section in shape.require_items(action, "sections")
    ]
    if not sections:
        raise LimitExceeded(limits.SECTIONS, 0)
    rows = [
        shape.require_mapping(row, "row") for section in sections for row in _section_rows(section)
    ]
    for section in sections:
        if len(sections) > 1 or "title" in section:
            shape.require_limited(limits.SECTION_TITLE, section, "title")
    for row in rows:
        _check_row(row)
    _check_unique([row["id"] for row in rows], "row ids")


def _check_counts(kind: str, action: Json) -> None:
    if kind == "button":
        limits.BUTTONS.check_count(len(action["buttons"]))
    elif kind == "list":
        limits.SECTIONS.check_count(len(action["sections"]))
        limits.ROWS.check_count(sum(len(section["rows"]) for section in action["sections"]))


_CHECKS: dict[str, Callable[[Json], None]] = {
    "button": _check_buttons,
    "list": _check_list,
    "cta_url": check_link,
    "flow": check_flow,
    "location_request_message": check_request("send_location"),
    "request_contact_info": check_request("request_contact_info"),
}


def _section_rows(section: Json) -> list[Any]:
    rows = shape.require_items(section, "rows")
    if not rows:
        raise LimitExceeded(limits.SECTION_ROWS, 0)
    return rows


def _check_row(row: Json) -> None:
    _check_id(limits.ROW_ID, row)
    shape.require_limited(limits.ROW_TITLE, row, "title")
    if "description" in row:
        shape.require_limited(limits.ROW_DESCRIPTION, row, "description")


def _check_header(header: Json, kind: str) -> None:
    header_kind = shape.require_string(header, "type", "header")
    if header_kind == "text":
        shape.require_limited(limits.HEADER, header, "text")
    elif header_kind not in _MEDIA or kind == "list":
        raise Incomplete(f"a {kind} message cannot have a header of type {header_kind}")
    else:
        _check_media(shape.require_mapping(header.get(header_kind), f"header.{header_kind}"))


def _check_media(media: Json) -> None:
    given = [key for key in ("id", "link") if key in media]
    if len(given) != 1 or not shape.require_string(media, given[0], "header").strip():
        raise Incomplete("a picture, video or document needs either id or link")
    if "link" in media and not media["link"].startswith(("http://", "https://")):
        raise Incomplete("the link of a header must begin with http:// or https://")


def _check_id(limit: Limit, node: Json) -> None:
    shape.require_limited(limit, node, "id")
    if node["id"] != node["id"].strip():
        raise Incomplete(f"{limit.name}: no blanks around it")


def _check_unique(values: Sequence[str], what: str) -> None:
    if len(set(values)) < len(values):
        raise Incomplete(f"{what} must differ from each other")
