"""Phone numbers as people in India write them."""

import re

# How the shop's own country is dialled, and what its mobile numbers look like without that.
_COUNTRY = "91"
_NATIONAL = re.compile(r"[6-9][0-9]{9}")
_INTERNATIONAL = re.compile(r"[1-9][0-9]{7,14}")
_SIGNS = re.compile(r"[\s+().-]")


def parse_phone(written: str) -> str:
    """The digits by which WhatsApp knows a number; ten digits are one of India.

    Raises:
        ValueError: it is no phone number.
    """
    digits = _SIGNS.sub("", written)
    digits = digits.lstrip("0") if digits.isdigit() else digits
    if _NATIONAL.fullmatch(digits) and not written.strip().startswith(("+", "00")):
        return _COUNTRY + digits
    if not _INTERNATIONAL.fullmatch(digits):
        raise ValueError("no phone number")
    return digits
