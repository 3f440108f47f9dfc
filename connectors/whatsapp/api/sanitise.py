"""Makes a JSON value one that PostgreSQL can store, so that no message is refused for ever."""

import json
import math
import re
from collections.abc import Sequence

# jsonb takes neither; text takes no NUL, and UTF-8 has no lone surrogate.
_REFUSED = re.compile("[\x00\ud800-\udfff]")
# Meta nests about eight deep; what lies below this was not made by Meta.
MAX_DEPTH = 40
_MAX_BITS = 1024


def parse_json(raw: bytes) -> object:
    """The storable value of a JSON text.

    Raises:
        ValueError, RecursionError: it is none.
    """
    text = raw.decode(json.detect_encoding(raw), "surrogatepass")
    value: object = _DECODER.decode(text)
    # Nothing can be nested deeper than there are brackets, nor hold a character that neither
    # stands there nor is escaped: most bodies need no look at every value.
    if text.count("{") + text.count("[") > MAX_DEPTH or _has_refused(text, value):
        return sanitise_json(value)
    return value


def _has_refused(text: str, value: object) -> bool:
    """Whether there is a NUL or half a surrogate pair in any string of the value."""
    if "\\u0000" in text or _REFUSED.search(text):
        return True
    if "\\ud" not in text and "\\uD" not in text:
        return False
    return _REFUSED.search(json.dumps(value, ensure_ascii=False)) is not None


def _number(digits: str) -> float | None:
    value = float(digits)
    return value if math.isfinite(value) else None


def _whole(digits: str) -> int | None:
    value = int(digits)
    return value if value.bit_length() <= _MAX_BITS else None


_DECODER = json.JSONDecoder(
    parse_float=_number, parse_int=_whole, parse_constant=lambda _constant: None
)


def sanitise_json(value: object, depth: int = 0) -> object:
    """The same value without what PostgreSQL or JSON refuses.

    Characters are left out; infinite and absurdly long numbers and whatever is nested deeper than
    MAX_DEPTH become null.
    """
    if isinstance(value, str):
        return _REFUSED.sub("", value)
    if isinstance(value, dict | list | tuple):
        return None if depth >= MAX_DEPTH else _storable_inside(value, depth + 1)
    if isinstance(value, int):
        return value if value.bit_length() <= _MAX_BITS else None
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    return None


def _storable_inside(
    value: dict[object, object] | Sequence[object], depth: int
) -> dict[str, object] | list[object]:
    if isinstance(value, dict):
        return {
            _REFUSED.sub("", str(key)): sanitise_json(item, depth) for key, item in value.items()
        }
    return [sanitise_json(item, depth) for item in value]
