"""Checks an `interactive` object by Meta's rules before it is sent.

The console's editor and the publisher show all results of `find_menu_problems`. Messages to send,
and the rows of the table, are judged by `find_refusals`, which ignores what the layout repairs
anyway.
"""

from collections.abc import Callable, Iterator, Mapping

from shop.whatsapp import limits
from shop.whatsapp.json_parts import Json, as_mapping
from shop.whatsapp.validation.options import check_menu_buttons, check_menu_list
from shop.whatsapp.validation.problems import Problem
from shop.whatsapp.validation.rules import check_known_keys, check_menu_text, is_address
from shop.whatsapp.validation.special import check_menu_flow, check_menu_link, check_menu_request

MEDIA = ("image", "video", "document")

_ACTIONS: Mapping[str, Callable[[Json], Iterator[Problem]]] = {
    "button": check_menu_buttons,
    "list": check_menu_list,
    "flow": check_menu_flow,
    "cta_url": check_menu_link,
    "location_request_message": check_menu_request("send_location"),
    "request_contact_info": check_menu_request("request_contact_info"),
}
# What we lay out anew (connectors/whatsapp/messages/layout.py); the others are sent as written.
_LAID_OUT = ("button", "list")
_WITHOUT_FRAME = ("location_request_message", "request_contact_info")


def find_menu_problems(interactive: object) -> list[Problem]:
    """All problems of an `interactive` object of any type; it may be any JSON."""
    return list(_problems(as_mapping(interactive)))


def find_refusals(interactive: object, *, counts: bool = True) -> Iterator[Problem]:
    """The problems for which Meta would refuse the message.

    Unknown keys of buttons and lists do not count: the layout leaves them out. Without `counts` too
    many options do not count either: they become a list, or pages of one.
    """
    message = as_mapping(interactive)
    for problem in _problems(message):
        is_left_out = problem.code == "unknown" and message["type"] in _LAID_OUT
        is_dealt_out = problem.code == "surplus" and not counts
        if not is_left_out and not is_dealt_out:
            yield problem


def validate_interactive(interactive: object) -> None:
    """Raises if Meta would refuse the message.

    Raises:
        InteractiveRefused: says what is wrong; a LimitExceeded names the limit.
    """
    if refusal := next(find_refusals(interactive), None):
        raise refusal.as_error()


def _problems(message: Json) -> Iterator[Problem]:
    kind = message.get("type")
    if not isinstance(kind, str) or kind not in _ACTIONS:
        yield Problem("menu", "wrong", "WhatsApp knows no message of this type.")
        return
    frame = () if kind in _WITHOUT_FRAME else ("header", "footer")
    yield from check_known_keys(message, "menu", "type", "body", "action", *frame)
    yield from _check_header(message, kind)
    body = as_mapping(message.get("body"))
    yield from check_menu_text(body, "text", "body", "The text", limits.INTERACTIVE_BODY)
    yield from check_known_keys(body, "body", "text")
    yield from _check_footer(message)
    if not isinstance(message.get("action"), Mapping):
        yield Problem("menu", "missing", "The action must be an object.")
    yield from _ACTIONS[kind](as_mapping(message.get("action")))


def _check_header(message: Json, kind: str) -> Iterator[Problem]:
    if "header" not in message:
        return
    header = as_mapping(message["header"])
    header_kind = header.get("type")
    if header_kind == "text":
        yield from check_known_keys(header, "header", "type", "text")
        yield from check_menu_text(header, "text", "header", "The headline", limits.HEADER)
    elif header_kind not in MEDIA or kind == "list":
        why = f"A {kind} menu cannot begin with {header_kind or 'this'}."
        yield Problem("header_kind", "wrong", why)
    else:
        yield from _check_media(header, str(header_kind))


def _check_media(header: Json, kind: str) -> Iterator[Problem]:
    media = as_mapping(header.get(kind))
    yield from check_known_keys(header, "header", "type", kind)
    names = ("id", "link", "filename") if kind == "document" else ("id", "link")
    yield from check_known_keys(media, "header", *names)
    source = media.get("link", media.get("id"))
    if ("link" in media) == ("id" in media) or not isinstance(source, str) or not source.strip():
        yield Problem("header_link", "missing", "Needs the address of a picture.")
    elif "link" in media and not is_address(source):
        message = "An address begins with https:// and has no blanks."
        yield Problem("header_link", "wrong", message)
    if "filename" in media and not isinstance(media["filename"], str):
        yield Problem("header_link", "wrong", "The file's name must be text.")


def _check_footer(message: Json) -> Iterator[Problem]:
    if "footer" in message:
        footer = as_mapping(message["footer"])
        yield from check_known_keys(footer, "footer", "text")
        yield from check_menu_text(footer, "text", "footer", "The small line", limits.FOOTER)
