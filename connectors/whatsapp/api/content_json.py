"""Converts the contents of messages to JSON and back.

The names of the kinds and fields are stored with messages. After a rename, older messages cannot be
read this way any more and are parsed again (received.py).
"""

from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any, get_args

from connectors.whatsapp.api.contents import (
    CatalogueOrder,
    ContactCard,
    ContactCards,
    Content,
    Edit,
    OrderedItem,
    Unsupported,
)

_KINDS: dict[str, Callable[..., Content]] = {kind.__name__: kind for kind in get_args(Content)}


def dump_content(content: Content) -> dict[str, Any]:
    """The fields of a content, with the name of its kind."""
    match content:
        case Edit(original_message_id=edited, content=changed):
            fields: dict[str, Any] = {
                "original_message_id": edited,
                "content": dump_content(changed),
            }
        case ContactCards() | CatalogueOrder():
            fields = asdict(content)
        case _:  # Nothing but JSON's own values: no copy, which costs several times as much.
            fields = vars(content)
    return {"type": type(content).__name__, **fields}


def load_content(kept: Mapping[str, Any]) -> Content:
    """Reads the content that `dump_content` wrote.

    Raises:
        KeyError, TypeError: another release wrote it, with other kinds or fields.
    """
    fields = {name: value for name, value in kept.items() if name != "type"}
    match kept["type"]:
        case "Edit":
            return Edit(fields["original_message_id"], load_content(fields["content"]))
        case "ContactCards":
            cards = (ContactCard(each["name"], tuple(each["phones"])) for each in fields["cards"])
            return ContactCards(tuple(cards), fields["requested"])
        case "CatalogueOrder":
            items = tuple(OrderedItem(**each) for each in fields["items"])
            return CatalogueOrder(fields["catalogue_id"], fields["text"], items)
        case "Unsupported":
            return Unsupported(fields["kind"], tuple(fields["codes"]))
    return _KINDS[kept["type"]](**fields)
