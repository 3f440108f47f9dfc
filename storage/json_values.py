"""Makes JSON storable in PostgreSQL: the one place where text from outside is cleaned.

A webhook's body is cleaned when it is parsed, a reply when it is laid out. The trays clean
everything else that they store, so that no message is refused for ever.
"""

import math
import re
from collections.abc import Mapping, Sequence

# jsonb takes neither; text takes no NUL, and UTF-8 has no lone surrogate.
REFUSED = re.compile("[\x00\ud800-\udfff]")
# Meta nests about eight deep; what lies below this was not made by Meta.
MAX_DEPTH = 40
MAX_BITS = 1024


def sanitise_json(value: object, depth: int = 0) -> object:
    """The same value without what PostgreSQL or JSON refuses.

    Refused characters are left out. Infinite and very long numbers, and values nested deeper than
    MAX_DEPTH, become null.
    """
    if isinstance(value, str):
        return REFUSED.sub("", value)
    if isinstance(value, Mapping | list | tuple):
        return None if depth >= MAX_DEPTH else _sanitise_inside(value, depth + 1)
    if isinstance(value, int):
        return value if value.bit_length() <= MAX_BITS else None
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    return None


def _sanitise_inside(
    value: Mapping[object, object] | Sequence[object], depth: int
) -> dict[str, object] | list[object]:
    if isinstance(value, Mapping):
        return {
            REFUSED.sub("", str(key)): sanitise_json(item, depth) for key, item in value.items()
        }
    return [sanitise_json(item, depth) for item in value]
