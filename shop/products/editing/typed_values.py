"""Prices, counts and lists of words as people type them into a form or a spreadsheet."""

import re
from decimal import Decimal

from shop.language import keyword_forms

MOST_COUNTED = 999_999
_LONGEST_QUOTED = 20
_CURRENCIES = ("₹", "rs.", "rs", "inr")
# Commas between thousands: 1,250 and 1,25,000 as in India, 125,000 as elsewhere; never 12,50.
_NUMBER = re.compile(r"(\d+|\d{1,3}(,\d{2,3})*,\d{3})(\.\d+)?", re.ASCII)
_RUPEES = re.compile(r"\d{1,8}(\.\d{1,2})?", re.ASCII)
_WHOLE = re.compile(r"(\d{1,6})(\.0*)?", re.ASCII)


class Unreadable(ValueError):
    """What was typed cannot be read; the message says why, for the person who typed it."""


def read_price(written: str) -> Decimal:
    """`₹1,250.50`, `Rs. 120/-` → rupees with two decimals.

    Raises:
        Unreadable
    """
    plain = written.strip().casefold().removesuffix("/-").strip()
    for currency in _CURRENCIES:
        if plain.startswith(currency):
            plain = plain.removeprefix(currency).strip()
            break
    number = _without_thousands(plain)
    if not _RUPEES.fullmatch(number):
        raise Unreadable(f"A price in rupees, such as 120, 49.50 or 1,250{_instead_of(written)}.")
    return Decimal(number).quantize(Decimal("0.01"))


def read_count(written: str) -> int | None:
    """`20` or `1,000`; None for an empty text.

    Raises:
        Unreadable
    """
    if not written.strip():
        return None
    found = _WHOLE.fullmatch(_without_thousands(written.strip()))
    if not found:
        raise Unreadable(f"A whole number such as 20, or nothing{_instead_of(written)}.")
    return int(found[1])


def split_typed_words(written: str) -> list[str]:
    """Words as typed, by commas or lines, each once."""
    words = (keyword_forms.normalise_keyword(word) for word in re.split(r"[,\n;]", written))
    return list(dict.fromkeys(word for word in words if word))


def one_line(written: str) -> str:
    """The text without line breaks and double blanks."""
    return " ".join(written.split())


def spell_price(amount: Decimal) -> str:
    """As it is typed into a form: `40`, `39.50`."""
    return f"{amount:.2f}".removesuffix(".00")


def _without_thousands(number: str) -> str:
    """The digits and the decimal point; empty if a comma is in a wrong place."""
    return number.replace(",", "") if _NUMBER.fullmatch(number) else ""


def _instead_of(written: str) -> str:
    """The typed text for the error message, since that may be one of many rows."""
    typed = written.strip()
    if not typed:
        return ""
    return f", not “{typed[:_LONGEST_QUOTED]}{'…' if len(typed) > _LONGEST_QUOTED else ''}”"
