"""Numbers that are relative: "add 2", "one less", "double it"."""

from shop.carts.cart_changes import Change
from shop.carts.notes import is_written_note
from shop.language.courtesies import without_courtesies
from shop.language.keyword_forms import normalise_keyword
from shop.language.phrases import find_phrase, is_phrase, number_in


def amount_after(text: str, before: int) -> int | None:
    """How many there are to be after these words, where so many were before; none becomes 0.

    None where the words name no relative number.
    """
    if is_written_note(text):
        return None
    words = without_courtesies(normalise_keyword(text))
    if is_phrase("twice", words):
        return before * 2
    if is_phrase("half", words) and before % 2 == 0:
        return before // 2
    if fewer := find_phrase("fewer", text):
        return max(0, before - number_in(fewer))
    more = find_phrase("more", text)
    return before + number_in(more) if more else None


def is_relative(text: str) -> bool:
    """Whether a text counts from what is there: "2 more"."""
    return amount_after(text, 2) is not None


def beside_product(before: str, behind: str) -> tuple[Change, int] | None:
    """What the words right before or behind a product say of its number: `do aur samosa`."""
    found = find_phrase("more_before", before)
    if found and found.end() == len(found.string):
        return "add", number_in(found)
    if (found := find_phrase("fewer_behind", behind)) and found.start() == 0:
        return "remove", number_in(found)
    if (found := find_phrase("more_behind", behind)) and found.start() == 0:
        return "add", number_in(found)
    return None
