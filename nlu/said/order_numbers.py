"""Reads the answer to the question for an order number."""

from shop.language.reading_form import id_form
from shop.language.word_files import read_patterns

# shop/language/words/*/numbers.yml; masking uses the same patterns.
_SAID = read_patterns("numbers")
_NUMBER, _ATTEMPT = _SAID["order_number"], _SAID["order_attempt"]


def order_number_in(text: str) -> str | None:
    """The order number in an answer: `48213`, `ord-48213`, `#48213`; None if there is none.

    A malformed number counts, too: the customer is then told that the number is unknown.
    """
    text = id_form(text)
    if found := _NUMBER.search(text):
        return f"ORD-{found.group(1) or found.group(2)}"
    attempt = _ATTEMPT.search(text)
    return attempt.group(0).upper() if attempt else None
