"""Reads single fields of an arbitrary JSON value; never raises.

Missing, empty and wrongly typed fields give None, {} or ().
"""

import math
import re
from collections.abc import Mapping
from datetime import UTC, datetime

Json = Mapping[str, object]

# E.164 has 15 digits; some longer ones exist as test numbers.
_PHONE = re.compile(r"[0-9]{1,20}", re.ASCII)
_PHONE_ORNAMENTS = str.maketrans("", "", "+-() .")
# "US.13491208655302741918", two letters and up to 128 characters; read leniently.
_USER_ID = re.compile(r"[0-9A-Za-z._:-]{1,200}", re.ASCII)
# A number outside these bounds is no valid time: before WhatsApp existed, or after 2100.
_EARLIEST, _LATEST = 1_230_768_000, 4_102_444_800
_BIGINT = 2**63 - 1


def read_mapping(node: Json, *path: str) -> Json:
    """The object at the end of the path, {} unless there is one."""
    for key in path:
        value = node.get(key)
        if not isinstance(value, dict):
            return {}
        node = value
    return node


def read_mappings(node: Json, key: str) -> tuple[Json, ...]:
    """The objects of the list under the key; other elements are left out."""
    value = node.get(key)
    if not isinstance(value, list):
        return ()
    return tuple([item for item in value if isinstance(item, dict)])


def read_text(node: Json, *path: str) -> str | None:
    """The string at the end of the path; a number is written as one, since Meta's ids vary."""
    # JSON's objects are dicts: asking for any Mapping takes ten times as long.
    value = read_mapping(node, *path[:-1]).get(path[-1]) if len(path) > 1 else node.get(path[0])
    if isinstance(value, str):
        return value
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else None


def read_number(node: Json, key: str) -> float | None:
    """A finite number, also when it is written as a string."""
    value = node.get(key)
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        result = float(value)
    except (ValueError, OverflowError):
        return None
    return result if math.isfinite(result) else None


def read_integer(node: Json, key: str) -> int | None:
    """A whole number that fits a bigint."""
    value = read_number(node, key)
    return int(value) if value is not None and value.is_integer() and abs(value) < _BIGINT else None


def read_flag(node: Json, key: str) -> bool:
    """True only for JSON's true."""
    return node.get(key) is True


def read_phone(node: Json, key: str) -> str | None:
    """A phone number as its digits alone."""
    text = read_text(node, key)
    if not text:
        return None
    digits = text.translate(_PHONE_ORNAMENTS) if not text.isdigit() else text
    return digits if _PHONE.fullmatch(digits) else None


def read_user_id(node: Json, key: str) -> str | None:
    """A business-scoped user id."""
    value = read_text(node, key)
    if not value:
        return None
    value = value.strip()
    return value if _USER_ID.fullmatch(value) else None


def read_moment(node: Json, key: str) -> datetime:
    """Unix seconds as a string or a number (Meta sends both); now, when it is neither."""
    seconds = read_number(node, key)
    if seconds is None or not _EARLIEST <= seconds < _LATEST:
        return datetime.now(UTC)
    return datetime.fromtimestamp(seconds, UTC)
