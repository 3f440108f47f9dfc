"""PIN codes among the words of a message: "560001", "560 001", "pin 560001".

shop/fulfilment/postcodes.py reads the PIN code of a text that is known to be an address.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from nlu.fulfilment.places.address_words import AddressWords
from shop.language.word_files import read_words

_WHOLE = re.compile(r"[1-9]\d{5}")
_STUCK = re.compile(r"[a-z\u0900-\u0963]+[\-.:]([1-9]\d{5})")  # "Kondapur-500084"
_FIRST, _SECOND = re.compile(r"[1-9]\d\d"), re.compile(r"\d{3}")
_MOST_LINKS = 4
# "ord 956244" is the number of an order.
_PREFIXES = read_words("numbers")["order_or_ticket"]


class Pin(NamedTuple):
    """A PIN code and its words (first to last, exclusive); `named` where "pin" stands before."""

    code: str
    first: int
    last: int
    named: bool


def find_pins(words: Sequence[str], known: AddressWords) -> list[Pin]:
    """All PIN codes, from left to right."""
    pins: list[Pin] = []
    for at, word in enumerate(words):
        if at and words[at - 1] in _PREFIXES:
            continue
        if _WHOLE.fullmatch(word):
            pins.append(_pin(words, word, at, at + 1, known))
        elif stuck := _STUCK.fullmatch(word):
            pins.append(_pin(words, stuck[1], at, at + 1, known))
        elif _FIRST.fullmatch(word) and at + 1 < len(words) and _SECOND.fullmatch(words[at + 1]):
            behind = words[at + 2] if at + 2 < len(words) else ""
            if not behind[:1].isdecimal():
                pins.append(_pin(words, word + words[at + 1], at, at + 2, known))
    return pins


def _pin(words: Sequence[str], code: str, first: int, last: int, known: AddressWords) -> Pin:
    at = first - 1
    while at >= 0 and first - at <= _MOST_LINKS and words[at] in known.pin_links:
        at -= 1
    named = at >= 0 and words[at] in known.pins
    return Pin("".join(str(int(digit)) for digit in code), at if named else first, last, named)
