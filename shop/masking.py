"""Texts without what names a person or an order: numbers become zeros, addresses an example."""

import re

# "+91 98765-43210", "98765 43210", "560001": whatever is long enough to be found by.
_NUMBER = re.compile(r"\d(?:[\s().\-/]{0,2}\d){5,}|\d{5,}")
# "ORD-48213", "tkt 77", however short.
_CALLED = re.compile(
    r"\b(?:ord|order|tkt|ticket)[\s#:.\-]*(?:(?:no|number|id)[\s#:.\-]*)?\d+", re.I
)
# A mail address, also one of UPI: asha@okbank.
# It begins where nothing of one stands before: else a long word is read from each of its letters.
_ADDRESS = re.compile(r"(?<![^\s@<>(),;:])[^\s@<>(),;:]+@[^\s@<>(),;:]+")
_LINK = re.compile(r"\b(?:https?://|www\.)\S+", re.I)
_DIGIT = re.compile(r"\d")

_ANY_ADDRESS = "name@example.org"
_ANY_LINK = "www.example.org"


def masked(text: str) -> str:
    """The text with such digits as 0, in its shape; what is counted ("2 coffees") stays."""
    text = _ADDRESS.sub(_ANY_ADDRESS, _LINK.sub(_ANY_LINK, text))
    for pattern in (_CALLED, _NUMBER):
        text = pattern.sub(_zeros, text)
    return text


def _zeros(found: re.Match[str]) -> str:
    return _DIGIT.sub("0", found[0])
