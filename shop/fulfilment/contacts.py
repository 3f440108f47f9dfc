"""Finds the person to call at the delivery: a phone number in the words beside an address."""

import re

_PHONE = re.compile(r"(?<!\d)(?:\+?91[ -]?)?[6-9]\d{4}[ -]?\d{5}(?!\d)", re.ASCII)
_PART_ENDS = re.compile(r"[,;\n]")


def contact_in(text: str) -> str:
    """The part of a text, between commas or in a line, that holds a phone number: `contact Rahul
    98765 43210`; empty where none does."""
    parts = (part.strip() for part in _PART_ENDS.split(text))
    return next((part for part in parts if _PHONE.search(part)), "")
