"""Parses JSON from outside into a value that PostgreSQL can store (storage/json_values.py)."""

import json
import math

from storage.json_values import MAX_BITS, MAX_DEPTH, REFUSED, sanitise_json


def parse_json(raw: bytes) -> object:
    """The storable value of a JSON text.

    Raises:
        ValueError, RecursionError: the text is not valid JSON.
    """
    text = _decode(raw)
    value: object = _DECODER.decode(text)
    # Nothing can be nested deeper than there are brackets, nor hold a character that neither
    # stands there nor is escaped: most bodies need no look at every value.
    if text.count("{") + text.count("[") > MAX_DEPTH or _has_refused(text, value):
        return sanitise_json(value)
    return value


def _decode(raw: bytes) -> str:
    # Meta writes ASCII, with everything else escaped: that needs no look at the encoding.
    if raw.isascii() and b"\0" not in raw:
        return raw.decode("ascii")
    return raw.decode(json.detect_encoding(raw), "surrogatepass")


def _has_refused(text: str, value: object) -> bool:
    """Whether there is a NUL or half a surrogate pair in any string of the value."""
    # The decoder takes no bare NUL, so that in ASCII all of them are escaped.
    if "\\u0000" in text or (not text.isascii() and REFUSED.search(text)):
        return True
    if "\\ud" not in text and "\\uD" not in text:
        return False
    return REFUSED.search(json.dumps(value, ensure_ascii=False)) is not None


def _read_number(digits: str) -> float | None:
    value = float(digits)
    return value if math.isfinite(value) else None


def _whole(digits: str) -> int | None:
    value = int(digits)
    return value if value.bit_length() <= MAX_BITS else None


_DECODER = json.JSONDecoder(
    parse_float=_read_number, parse_int=_whole, parse_constant=lambda _constant: None
)
