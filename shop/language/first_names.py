"""How a message addresses a customer: by first name, else with a greeting."""

import unicodedata

from shop.language.responses import format_response

# The longest word that is taken as a name.
_LONGEST = 20
# Letters and the vowel signs of Devanagari; these may stand between them.
_INSIDE = "'’.-"


def address_customer(display_name: str | None, language: str | None) -> str:
    """`Asha` for "Asha Verma 🌸"; `Hello` if the name on WhatsApp does not begin with a name."""
    first = next(iter((display_name or "").split()), "").strip(_INSIDE)
    if 1 < len(first) <= _LONGEST and all(map(_is_of_name, first)):
        return format_response("utter_word_called", language, name=first)
    return format_response("utter_word_hello", language)


def _is_of_name(character: str) -> bool:
    return character in _INSIDE or unicodedata.category(character)[0] in "LM"
