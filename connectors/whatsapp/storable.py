"""Makes a JSON value one that PostgreSQL can store, so that no message is refused for ever."""

import math
import re
from collections.abc import Sequence

# jsonb takes neither; text takes no NUL, and UTF-8 has no lone surrogate.
_REFUSED = re.compile("[\x00\ud800-\udfff]")
# Meta nests about eight deep; what lies below this was not made by Meta.
MAX_DEPTH = 40
_MAX_BITS = 1024


def storable(value: object, depth: int = 0) -> object:
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
        return {_REFUSED.sub("", str(key)): storable(item, depth) for key, item in value.items()}
    return [storable(item, depth) for item in value]
