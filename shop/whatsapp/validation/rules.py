"""Single rules for the checks of messages; each yields the problems that it finds."""

from collections.abc import Iterable, Iterator

from shop.whatsapp.json_parts import Json
from shop.whatsapp.limits import Limit, text_length
from shop.whatsapp.validation.problems import Problem


def check_menu_text(node: Json, key: str, place: str, what: str, limit: Limit) -> Iterator[Problem]:
    """Checks a required text: not blank, not too long; `what` begins the sentence for staff."""
    value = node.get(key)
    if not isinstance(value, str):
        yield Problem(place, "missing", f"{what} is empty.", limit)
    elif not value.strip():
        yield Problem(place, "limit", f"{what} is empty.", limit, 0)
    elif not limit.fits(value):
        length = text_length(value)
        message = f"{what} has {length} characters, WhatsApp takes {limit.maximum}."
        yield Problem(place, "limit", message, limit, length)


def check_reply_id(node: Json, place: str, limit: Limit) -> Iterator[Problem]:
    """Checks a reply id."""
    value, at = node.get("id"), f"{place}.id"
    message = f"At most {limit.maximum} characters, no blanks around them."
    if not isinstance(value, str):
        yield Problem(at, "missing", "Choose what a tap leads to.", limit)
    elif not value.strip():
        yield Problem(at, "limit", "Choose what a tap leads to.", limit, 0)
    elif not limit.fits(value):
        yield Problem(at, "limit", message, limit, text_length(value))
    elif value != value.strip():
        yield Problem(at, "wrong", message, limit)


def check_some(given: object, place: str, message: str, limit: Limit) -> Iterator[Problem]:
    """Checks a list that must not be empty."""
    if not isinstance(given, list):
        yield Problem(place, "missing", message, limit)
    elif not given:
        yield Problem(place, "limit", message, limit, 0)


def check_repeated(nodes: Iterable[tuple[str, Json]], key: str, message: str) -> Iterator[Problem]:
    """Yields a problem at each node that repeats an earlier one's value."""
    seen: set[str] = set()
    for place, node in nodes:
        value = node.get(key)
        if isinstance(value, str) and value in seen:
            yield Problem(f"{place}.{key}", "repeated", message)
        elif isinstance(value, str) and value.strip():
            seen.add(value)


def check_known_keys(node: Json, place: str, *keys: str) -> Iterator[Problem]:
    """Yields a problem for each unknown key, such as a misspelled one: WhatsApp refuses these."""
    for key in sorted(set(node) - set(keys)):
        yield Problem(place, "unknown", f"WhatsApp does not know “{key}” here.")


def check_one_of(node: Json, key: str, place: str, *choices: str) -> Iterator[Problem]:
    """Checks an optional part that may have only certain values."""
    if key in node and node[key] not in choices:
        yield Problem(place, "wrong", f"{key} is one of {' or '.join(choices)}.")


def is_address(value: object) -> bool:
    """Whether this can be a web address: http(s):// with something after it, no blanks."""
    if not isinstance(value, str) or not value.startswith(("https://", "http://")):
        return False
    return bool(value.partition("://")[2]) and value == "".join(value.split())
