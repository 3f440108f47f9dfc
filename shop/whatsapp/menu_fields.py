"""The single rules that WhatsApp's limits on menus are made of; each says what breaks it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from shop.whatsapp.limits import text_length

Json = Mapping[str, Any]


@dataclass(frozen=True)
class Problem:
    """Why WhatsApp would refuse a menu; `path` is the field of the form that can mend it, such as
    `section.0.row.2.title`, or `menu` where none can."""

    path: str
    message: str


def check_text_field(node: Json, key: str, path: str, what: str, *, most: int) -> Iterator[Problem]:
    """A text that must be there, and not be too long."""
    value = node.get(key)
    if not isinstance(value, str) or not value.strip():
        yield Problem(path, f"{what} is empty.")
    elif text_length(value) > most:
        yield Problem(path, f"{what} has {text_length(value)} characters, WhatsApp takes {most}.")


def reply_id(node: Json, path: str, *, most: int) -> Iterator[Problem]:
    """What a tap sends back."""
    value = node.get("id")
    if not isinstance(value, str) or not value.strip():
        yield Problem(f"{path}.id", "Choose what a tap leads to.")
    elif text_length(value) > most or value != value.strip():
        yield Problem(f"{path}.id", f"At most {most} characters, no blanks around them.")


def find_repeated(
    nodes: Iterable[tuple[str, Mapping[str, Any]]], key: str, said: str
) -> Iterator[Problem]:
    """A problem at each node that says again what one before it said."""
    seen: set[str] = set()
    for path, node in nodes:
        value = node.get(key)
        if isinstance(value, str) and value in seen:
            yield Problem(f"{path}.{key}", said)
        elif isinstance(value, str) and value.strip():
            seen.add(value)


def check_known_keys(node: Json, path: str, *keys: str) -> Iterator[Problem]:
    """Meta refuses what it does not know."""
    for key in sorted(set(node) - set(keys)):
        yield Problem(path, f"WhatsApp does not know “{key}” here.")


def is_address(link: str) -> bool:
    """Whether this can be the address of a picture."""
    begins = link.startswith(("https://", "http://"))
    return (
        begins and len(link.split()) == 1 and link == link.strip() and len(link) > len("https://")
    )


def as_mapping(value: object) -> Json:
    """The value if it is an object, else an empty one."""
    return value if isinstance(value, Mapping) else {}


def as_sequence(value: object) -> list[Any]:
    """The value if it is a list, else an empty one."""
    return value if isinstance(value, list) else []
