"""The PIN code of an address: six digits, often written `560 001`.

nlu/fulfilment/places/pins.py finds those among the words of a message.
"""

import re

from shop.language.reading_form import id_form
from shop.language.word_files import read_words

# No PIN code begins with 0; more digits are a phone number or an order's number.
_PIN = re.compile(
    r"(?<![^\W_])(?<!\bord[ -])(?<!\btkt[ -])([1-9]\d{2})[ -]?(\d{3})(?!\w|[ -]?\d)",
    re.ASCII | re.IGNORECASE,
)


def postcode_in(text: str) -> str | None:
    """The PIN code in an address, without blanks: `MG Road, 560 001` → `560001`.

    Of several it is the last, since it stands at the end of an address.
    """
    found = _PIN.findall(id_form(text))
    return "".join(found[-1]) if found else None


def is_postcode_alone(text: str) -> bool:
    """Whether a text holds a PIN code and nothing that names a house or street: `pin 560 001`."""
    rest, found = _PIN.subn(" ", id_form(text))
    words = re.findall(r"[^\s,.:;!-]+", rest.casefold())
    return bool(found) and read_words("addresses")["beside_postcode"].issuperset(words)


def normalise_postcode(postcode: str) -> str:
    """The form in which postcodes are compared: without blanks, in one case."""
    return "".join(postcode.split()).upper()


def matches_postcode(postcode: str, pattern: str) -> bool:
    """Whether a postcode is the one of a zone (`560001`), or begins as it does (`5600*`)."""
    wanted, given = normalise_postcode(pattern), normalise_postcode(postcode)
    if wanted.endswith("*"):
        return bool(given) and given.startswith(wanted.removesuffix("*"))
    return bool(given) and given == wanted
