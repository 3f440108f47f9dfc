"""Masks data that identifies a person or an order: digits become zeros, addresses an example."""

import re

from shop.language.word_files import read_patterns, read_ways

# "+91 98765-43210", "98765 43210", "560001": any number long enough to identify somebody.
# Anything but letters may be between the digits, invisible characters included.
_NUMBER = re.compile(r"\d(?:[\W_]{0,3}\d){5,}|\d{5,}")
_CALLED = read_patterns("numbers")["called"]
# A mail address, also one of UPI: asha@okbank.
# It must not begin inside one: else a long word would be tried from each of its letters.
_ADDRESS = re.compile(r"(?<![^\s@<>(),;:])[^\s@<>(),;:]+@[^\s@<>(),;:]+")
_LINK = re.compile(r"\b(?:https?://|www\.)\S+", re.I)
# Addresses: "12/4 MG Road, Indiranagar", "flat 302, Rose apartments".
_STREET_NAME = rf"\b(?:{'|'.join(read_ways('addresses')['street'])})\b"
_STREET = re.compile(
    rf"(?:[^\s.,!?]{{1,30}}[ ,]{{1,3}}){{0,3}}?[^\s.,!?]{{0,30}}{_STREET_NAME}[^.!?\n]*", re.I
)
_STREET_WORD = re.compile(_STREET_NAME, re.I)
_DIGIT = re.compile(r"\d")

_ANY_ADDRESS = "name@example.org"
_ANY_LINK = "www.example.org"
_ANY_STREET = "(an address)"


def mask_text(text: str) -> str:
    """The text with identifying digits as 0; counted numbers ("2 coffees") stay."""
    text = _ADDRESS.sub(_ANY_ADDRESS, _LINK.sub(_ANY_LINK, text))
    for pattern in (_CALLED, _NUMBER):
        text = pattern.sub(_zeros, text)
    return _STREET.sub(_without_street, text) if _STREET_WORD.search(text) else text


def _without_street(found: re.Match[str]) -> str:
    """Masks the street of an address; a street without a number stays, as in `flat white`."""
    return _ANY_STREET if _DIGIT.search(found[0]) else found[0]


def _zeros(found: re.Match[str]) -> str:
    return _DIGIT.sub("0", found[0])
