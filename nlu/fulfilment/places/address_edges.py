"""Trims an address: cuts off a name before it and sentences behind it.

Each function takes a span, `first` to `last` (exclusive), and returns its new first or last word.
"""

from collections.abc import Sequence

from nlu.fulfilment.places.address_signs import is_house, is_number, is_ordinal, numbers_unit, weigh
from nlu.fulfilment.places.address_words import AddressWords
from nlu.fulfilment.said_words import COMMAS

_NAME = 4  # words
_SHORTEST_END = 3
_JOIN = {"-", "/", "&", "#"}


def without_name(words: Sequence[str], first: int, last: int, known: AddressWords) -> int:
    """The first word behind a name or a note: "12/4" of "Priya, 12/4 Gandhi Street"."""
    for at in range(first, min(last - 1, first + _NAME + 1)):
        if not _is_sign(words[at]) or words[at] in _JOIN or _shortens(words, at, known):
            continue
        begins = at
        while begins < last - 1 and _is_sign(words[begins]):
            begins += 1
        plain = not any(is_number(word) for word in words[first:at])
        if plain and _begins(words, begins, known) and weigh(words, first, at, known) == 0:
            return begins
        return first
    return first


def without_thing(words: Sequence[str], first: int, last: int, known: AddressWords) -> int:
    """The first word behind what is ordered: "4" of "cappuccino at 4 Nandi Street"."""
    for at in range(first + 1, min(last - 1, first + _NAME + 1)):
        if words[at] in known.leads_weak.first_words and weigh(words, first, at, known) == 0:
            return at + 1 if _begins(words, at + 1, known) else first
    return first


def without_afterthought(words: Sequence[str], first: int, last: int, known: AddressWords) -> int:
    """The end of the address, without a last sentence that is no part of it."""
    stops = (at for at in range(last - 1, first, -1) if words[at] == ".")
    at = next(stops, None)
    if at is None or _shortens(words, at, known) or weigh(words, at + 1, last, known):
        return last
    return at


def without_other_clause(
    words: Sequence[str], pin_ends: int, last: int, known: AddressWords
) -> int:
    """Where the address ends behind its PIN code, before a clause that goes on with words of
    something else: "560042, ring the bell twice"."""
    beyond = next((word for word in words[last:] if word not in known.joiners), "")
    runs_on = beyond in known.stops and not known.leads_behind.find(words, last)
    if not runs_on or pin_ends >= last or words[pin_ends] not in COMMAS:
        return last
    return last if weigh(words, pin_ends, last, known) else pin_ends


def _is_sign(word: str) -> bool:
    return not any(letter.isalnum() for letter in word)


def _begins(words: Sequence[str], at: int, known: AddressWords) -> bool:
    word = words[at]
    numbered = is_number(word) or is_house(word, known) or bool(numbers_unit(words, at, known))
    numbered = numbered or is_ordinal(word, known)
    return numbered or word in known.units_strong


def _shortens(words: Sequence[str], at: int, known: AddressWords) -> bool:
    """Whether the word is the full stop of an abbreviation: "no. 7", "H.No. 7", "Apt. 7"."""
    if words[at] != "." or not at:
        return False
    before, behind = words[at - 1], words[at + 1] if at + 1 < len(words) else ""
    is_unit = before in known.units_strong and is_number(behind)
    return len(before) <= _SHORTEST_END or is_unit or "." in before
