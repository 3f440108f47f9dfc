"""Reads the number that somebody gives who was asked for an order's."""

from shop.language.reading_form import id_form
from shop.language.word_files import read_patterns

# shop/language/words/*/numbers.yml, by which texts are masked, too.
_SAID = read_patterns("numbers")
_NUMBER, _ATTEMPT = _SAID["order_number"], _SAID["order_attempt"]


def order_number_in(text: str) -> str | None:
    """The order number that a customer may mean when asked for one: `48213`, `ord-48213`, `#48213`.

    Anything with a digit that looks like an attempt counts, so that a malformed number is answered
    as an unknown one; None when nothing does.
    """
    text = id_form(text)
    if found := _NUMBER.search(text):
        return f"ORD-{found.group(1) or found.group(2)}"
    attempt = _ATTEMPT.search(text)
    return attempt.group(0).upper() if attempt else None
