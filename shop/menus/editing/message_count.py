"""Finds where a menu needs more than one message, since WhatsApp charges for each."""

from collections.abc import Iterator, Mapping
from typing import Any

from shop.menus.link_map import option_paths
from shop.whatsapp import limits
from shop.whatsapp.json_parts import as_mapping

Json = Mapping[str, Any]
_PICTURES = ("image", "video", "document")


def more_messages(structure: Json) -> Iterator[tuple[str, str]]:
    """The places in a menu that add a message, and why, as connectors/whatsapp/messages sends it.

    A list cannot show a picture, and more than three buttons are sent as a list.
    """
    options = len(list(option_paths(structure)))
    header = as_mapping(structure.get("header")).get("type")
    is_list = structure.get("type") == "list" or options > limits.BUTTONS.maximum
    if header in _PICTURES and is_list:
        message = (
            f"With more than {limits.BUTTONS.maximum} options the picture goes as a message of its "
            "own: customers get two messages, and each is paid for."
        )
        yield "header", message
    if options > limits.ROWS.maximum:
        room = limits.ROWS.maximum - 1
        pages = (options - 2) // room + 1
        message = (
            f"{options} options take up to {pages} messages, each of which is paid for: group "
            "them into menus of their own, or leave some out."
        )
        yield "sections", message
