"""Finds sizes of packs and strengths among words: "5 kg", "500 mg", "strip of 15", "half a dozen".

A size says which product is meant, or how many packs, and is no quantity by itself.
"""

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from nlu.words.small_words import word_set
from nlu.words.vocabulary import load_vocabulary

_FILE = "pack_sizes"


def _words(name: str) -> frozenset[str]:
    return word_set(name, _FILE)


# Each word for a unit: its kind, and its factor in that kind's base unit (1 kg is 1000 g).
GRAM, MILLILITRE, PIECE, MILLIGRAM = "mass", "volume", "count", "strength"
_UNITS = {
    **dict.fromkeys(_words("unit_kilogram"), (GRAM, 1000)),
    **dict.fromkeys(_words("unit_gram"), (GRAM, 1)),
    **dict.fromkeys(_words("unit_litre"), (MILLILITRE, 1000)),
    **dict.fromkeys(_words("unit_millilitre"), (MILLILITRE, 1)),
    **dict.fromkeys(_words("unit_piece"), (PIECE, 1)),
    **dict.fromkeys(_words("unit_dozen"), (PIECE, 12)),
    **dict.fromkeys(_words("unit_milligram"), (MILLIGRAM, 1)),
}
UNITS = frozenset(_UNITS)
MEASURES = frozenset(unit for unit, (kind, _) in _UNITS.items() if kind in (GRAM, MILLILITRE))
_FRACTIONS = {
    **dict.fromkeys(_words("a_half"), Fraction(1, 2)),
    **dict.fromkeys(_words("a_quarter"), Fraction(1, 4)),
    **dict.fromkeys(_words("one_and_a_half"), Fraction(3, 2)),
    **dict.fromkeys(_words("two_and_a_half"), Fraction(5, 2)),
    "1/2": Fraction(1, 2),
    "1/4": Fraction(1, 4),
    "3/4": Fraction(3, 4),
}
HOLDERS, FORMS = _words("holder"), _words("form")
_HOLDS, _A = _words("holds"), _words("a")
_LONGEST_NUMBER = 6


class PackSize(NamedTuple):
    """How much is in one pack: 5000 of "mass" (grams) for 5 kg.

    is_held: the name counts what the pack holds ("strip of 15"): a bare number counts pieces."""

    amount: Fraction
    unit: str
    is_held: bool = False


class SaidSize(NamedTuple):
    """A size at the words `first` to `last` (exclusive).

    is_held: it says how many a pack holds ("strip of 15"), so it is no quantity.
    """

    first: int
    last: int
    size: PackSize
    is_held: bool = False


def find_sizes(words: Sequence[str]) -> list[SaidSize]:
    """The sizes among folded words, from left to right."""
    found: list[SaidSize] = []
    at = 0
    while at < len(words):
        said = _held(words, at) or _measured(words, at)
        at = said.last if said else at + 1
        if said:
            found.append(said)
    return found


def places_beside_sizes(words: Sequence[str]) -> set[int]:
    """The places of the words right before and behind weights and volumes."""
    sizes = [said for said in find_sizes(words) if words[said.last - 1] in MEASURES]
    return {at for said in sizes for at in (said.first - 1, said.last) if 0 <= at < len(words)}


def find_sizes_of_name(name: Sequence[str]) -> list[SaidSize]:
    """The sizes in a product's name.

    If the pack holds pieces, other counts are none: the 500 of "Crocin 500 Tablet (strip of 20)".
    """
    found = find_sizes(name)
    if any(said.is_held for said in found):
        return [said for said in found if said.is_held or said.size.unit != PIECE]
    return found


def without_sizes(name: Sequence[str]) -> tuple[str, ...]:
    """The words of a product's name without its sizes and brackets."""
    sizes = find_sizes_of_name(name)
    taken = {at for said in sizes for at in range(said.first, said.last)}
    # "(strip of 15)": the word before "of" is part of the size.
    taken |= {said.first - 1 for said in sizes if said.is_held and said.first}
    if not taken:
        return tuple(name)
    rest = [word for at, word in enumerate(name) if at not in taken]
    rest = [word for word in rest if any(letter.isalnum() for letter in word)]
    return tuple(rest)


def without_form(name: Sequence[str]) -> tuple[str, ...]:
    """A name without a form at its end: "combiflam" for "combiflam tablet"."""
    rest = list(name)
    while len(rest) > 1 and rest[-1] in FORMS:
        rest.pop()
    return tuple(rest)


def _measured(words: Sequence[str], at: int) -> SaidSize | None:
    """ "5 kg", "half a dozen", "1/2 kilo"."""
    amount = _amount(words[at])
    if amount is None:
        return None
    behind = at + 1 + (words[at] in _FRACTIONS and _word(words, at + 1) in _A)
    unit = _UNITS.get(_word(words, behind))
    if unit is None or amount <= 0:
        return None
    return SaidSize(at, behind + 1, PackSize(amount * unit[1], unit[0]))


def _held(words: Sequence[str], at: int) -> SaidSize | None:
    """The "of 15 tablets" behind a holder such as "strip"."""
    if words[at] not in _HOLDS or at == 0 or words[at - 1] not in HOLDERS:
        return None
    amount = _amount(_word(words, at + 1))
    if amount is None or amount <= 1:
        return None
    unit, many = _UNITS.get(_word(words, at + 2), (PIECE, 1))
    last = at + 2 + (_word(words, at + 2) in _UNITS)
    return SaidSize(at, last, PackSize(amount * many, unit), is_held=True)


def _amount(word: str) -> Fraction | None:
    """The number or fraction that a word stands for, or None."""
    if word in _FRACTIONS:
        return _FRACTIONS[word]
    known = load_vocabulary()
    number = known.numbers.get(word, known.only_before_a_product.get(word))
    if number is not None:
        return Fraction(number)
    whole, _, part = word.partition(".")
    is_number = whole.isdecimal() and (not part or part.isdecimal())
    return Fraction(word) if is_number and len(word) <= _LONGEST_NUMBER else None


def _word(words: Sequence[str], at: int) -> str:
    return words[at] if at < len(words) else ""
