"""Weighs the signs of an address in a row of words: "flat 4", "MG Road", "near SBI"."""

import re
from collections.abc import Sequence

from nlu.fulfilment.places.address_words import AddressWords
from nlu.words.ordinary_words import is_ordinary
from nlu.words.small_words import word_set

_HOUSE = re.compile(
    r"(?!\d-\d$)#?\d{1,5}[a-z]?(?:[/\-]\d{1,5}[a-z]?|[/\-][a-z]){1,4}"  # "45/2", "14/b"
    r"|(?!x\d)[a-z]{1,3}[/\-]?\d{1,5}[a-z]?(?:[/\-]\w{1,5}){0,3}"  # "B-404", "C56/12", "b12"
    r"|[a-z]/\d{1,4}|#\d{1,5}[a-z]?"
)
_NUMBER = re.compile(r"#?\d{1,5}[a-z]?")
_ORDINAL = re.compile(rf"\d{{1,3}}(?:{'|'.join(word_set('ordinal_endings', 'places'))})")
_LETTER = re.compile(r"[a-z]\d{0,3}|\d{1,5}[a-z]?(?:[/\-]\w{1,5})*|[a-z]{1,2}[/\-]?\d{1,5}")
_FEET, _MAIN = word_set("feet", "places"), word_set("main", "places")
_ARTICLES = word_set("articles", "places")
_STRONG, _WEAK, _UNIT_WEAK = 2.0, 1.0, 1.3
_HOUSE_NUMBER, _LEADING_NUMBER, _ENDING = 1.5, 0.5, 1.5
_NEAR, _NEAR_FIRST, _NEAR_ANY, _NEAR_BEHIND = 1.5, 2.0, 0.5, 2.0
_REACH, _MOST_NAMES = 4, 2
_SHORTEST_NAME = 3
_COUNTS_NO_MORE = 12.0


def is_number(word: str) -> bool:
    """Whether a word may be the number of a house: "12", "23a", "45/2", "b-404"."""
    return bool(_NUMBER.fullmatch(word) or _HOUSE.fullmatch(word))


def is_house(word: str, known: AddressWords) -> bool:
    """Whether a word is surely the number of a house, "45/2", "b-404", and not of an order."""
    if not _HOUSE.fullmatch(word) or word in known.fractions:
        return False
    return word[:3] not in known.order_numbers


def is_ordinal(word: str, known: AddressWords) -> bool:
    """ "4th", "teesri" """
    return word in known.ordinals or bool(_ORDINAL.fullmatch(word))


def numbers_unit(words: Sequence[str], at: int, known: AddressWords) -> int:
    """The end (exclusive) of the unit and number at a word: "flat no. 4", "4th cross", "14 number
    shop"; else 0."""
    word = words[at]
    if word not in known.units_strong and word not in known.units_weak:
        return 0
    behind, skipped = at + 1, 0
    while behind < len(words) and skipped < _MOST_NAMES and words[behind] in known.number_names:
        behind, skipped = behind + 1, skipped + 1
    if behind < len(words) and _LETTER.fullmatch(words[behind]):
        after = words[behind + 1] if behind + 1 < len(words) else ""
        spelled = words[behind].isalpha() and (
            words[behind] in {"a", "i", "u", "x"} and after.isalpha()
        )
        if after not in known.not_units and not spelled:
            return behind + 1
    counted = at > 1 and words[at - 1] in known.number_names and is_number(words[at - 2])
    return at + 1 if counted or (at and is_ordinal(words[at - 1], known)) else 0


def names_way(words: Sequence[str], at: int, known: AddressWords) -> bool:
    """Whether the word is a street, area or building with a name before it: "MG Road"."""
    word = words[at]
    if not at or (word not in known.ways_strong and word not in known.ways_weak):
        return False
    before = words[at - 1]
    if before in _FEET:
        return True
    if not before[0].isalpha() or before.endswith("'s") or before in known.joiners:
        return False
    return before in _MAIN or before not in known.stops


def weigh(words: Sequence[str], first: int, last: int, known: AddressWords) -> float:
    """How much the words from first to last (exclusive) look like an address; 3 is enough."""
    total, at = 0.0, first
    numbered = False
    while at < last and total < _COUNTS_NO_MORE:
        end, weight = _sign(words, first, at, last, known)
        total += weight
        if (
            not numbered
            and at > first
            and names_way(words, at, known)
            and _number_before(words, first, at)
        ):
            total, numbered = total + _WEAK, True
        at = max(end, at + 1)
    return total


def _sign(
    words: Sequence[str], first: int, at: int, last: int, known: AddressWords
) -> tuple[int, float]:
    """The end (exclusive) and the weight of the sign that begins at a word."""
    word = words[at]
    if end := numbers_unit(words[:last], at, known):
        return end, _STRONG if word in known.units_strong else _UNIT_WEAK
    if at > first and names_way(words, at, known):
        return at + 1, _STRONG if word in known.ways_strong else _WEAK
    if at > first and (found := known.near_behind.find(words, at)) and found[0] <= last:
        before = words[at - 1]
        named = before[0].isalnum() and before not in known.no_landmarks
        return found[0], _NEAR_BEHIND if named else 0.0
    begins = at == first or not words[at - 1][-1].isalnum()
    if found := known.near.find(words, at):
        return _near(words, found[0], last, known, begins=begins)
    behind = words[at + 1] if at + 1 < last else ""
    return _alone(word, behind, at, known, begins=begins)


def _alone(
    word: str, behind: str, at: int, known: AddressWords, *, begins: bool
) -> tuple[int, float]:
    """The end (exclusive) and weight of a single word, or of a word and the number behind it.

    begins: whether a phrase begins at the word."""
    if word in known.localities:
        return at + 1, _WEAK
    if is_house(word, known):
        return at + 1, _HOUSE_NUMBER
    if len(word) == 1 and word.isalpha() and _NUMBER.fullmatch(behind):
        return at + 2, _WEAK
    if begins and _NUMBER.fullmatch(word) and behind and behind not in known.not_units:
        return at + 1, _LEADING_NUMBER
    return at + 1, _ENDING if _ends_like_a_place(word, known) else 0.0


def _near(
    words: Sequence[str], at: int, last: int, known: AddressWords, *, begins: bool
) -> tuple[int, float]:
    any_one = False
    while at < last and (words[at] in _ARTICLES or not words[at][0].isalnum()):
        any_one = any_one or words[at][0].isalnum()
        at += 1
    if at >= last or words[at] in known.no_landmarks | known.stops:
        return at, 0.0
    if any_one and (at + 1 == last or at + 2 == last) and not begins:
        return at, _NEAR_ANY
    return at, _NEAR_FIRST if begins else _NEAR


def _number_before(words: Sequence[str], first: int, at: int) -> bool:
    """ "78 Park Street": whether a house's number stands before the name."""
    for back in range(at - 1, max(first, at - _REACH) - 1, -1):
        if is_number(words[back]):
            return True
        if not words[back][0].isalnum():
            return False
    return False


def _ends_like_a_place(word: str, known: AddressWords) -> bool:
    if not word.endswith(known.endings):
        return False
    shortest = min(len(each) for each in known.endings if word.endswith(each))
    return len(word) >= shortest + _SHORTEST_NAME and not is_ordinary(word)
