"""Encodes JSON for PostgreSQL, which accepts less than Python and WhatsApp do."""

import json
from typing import Any

from storage.json_values import sanitise_json

# The longest id of a message, and the longest phone or user id: longer ones do not fit into an
# index, and no real one comes near.
LONGEST_KEY = 512
LARGEST = 2**63 - 1
# Data that came as JSON holds no circular references.
_ENCODER = json.JSONEncoder(ensure_ascii=False, allow_nan=False, check_circular=False)


def dump_json(value: Any) -> str:
    """The value as text that `jsonb` accepts: no NUL, no lone surrogates, no NaN.

    Values that PostgreSQL cannot store are left out or null, so that one odd message does not block
    a whole body.
    """
    try:
        text = _ENCODER.encode(value)
        if not text.isascii():
            text.encode()
    except ValueError:
        return json.dumps(sanitise_json(value), ensure_ascii=False)
    return json.dumps(sanitise_json(value), ensure_ascii=False) if "\\u0000" in text else text


def is_key(value: str) -> bool:
    """Whether an id can stand in an index as it is."""
    return 0 < len(value) <= LONGEST_KEY


def index_key(value: str | None) -> str | None:
    """An id or number cut to the length that an index holds; None if it is blank."""
    return value[:LONGEST_KEY] or None if value else None


def bounded_count(value: int | None) -> int | None:
    """The count if it fits into a bigint, else None."""
    return value if value is not None and 0 <= value <= LARGEST else None
