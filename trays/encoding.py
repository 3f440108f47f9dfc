"""JSON on its way into PostgreSQL, which takes less than Python and WhatsApp do."""

import json
import math
from collections.abc import Mapping
from typing import Any

# Longer keys do not fit into an index and no real one comes near.
LONGEST_KEY = 512
LARGEST = 2**63 - 1
# What came as JSON refers to itself nowhere.
_ENCODER = json.JSONEncoder(ensure_ascii=False, allow_nan=False, check_circular=False)


def dump_json(value: Any) -> str:
    """The value as text that `jsonb` accepts: no NUL, no lone surrogates, no NaN.

    What cannot be kept becomes U+FFFD or null: one odd message must never hold up a whole body.
    """
    try:
        text = _ENCODER.encode(value)
        if not text.isascii():
            text.encode()
    except ValueError:
        return json.dumps(clean_json(value), ensure_ascii=False)
    return json.dumps(clean_json(value), ensure_ascii=False) if "\\u0000" in text else text


def clean_json(value: Any) -> Any:
    """The same value without what PostgreSQL's text and jsonb refuse."""
    if isinstance(value, str):
        return value.replace("\0", "\ufffd").encode("utf-8", "replace").decode()
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, Mapping):
        return {clean_json(key): clean_json(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [clean_json(item) for item in value]
    return value


def index_key(value: str | None) -> str | None:
    """An id or number that goes into an index, cut to what fits there; blank counts as none."""
    return value[:LONGEST_KEY] or None if value else None


def bounded_count(value: int | None) -> int | None:
    """A count that fits into a bigint, else none."""
    return value if value is not None and 0 <= value <= LARGEST else None
