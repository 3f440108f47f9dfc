"""How something is to be made, in the customer's words: `without onion`, `less sugar`, `large`.

An order keeps them as its notes, for the people who make it; they change no price.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from textwrap import shorten
from typing import NamedTuple

from shop.language.word_files import read_patterns
from shop.orders import parts

LONGEST = 300
_PART_OF = re.compile(r"\d+ × ")
# What is noted by product (sku), or of the whole order.
Notes = Mapping[str, str]
WHOLE = ""


class Named(NamedTuple):
    """Where a message names a product, by whatever word for it, and the product's own name."""

    sku: str
    start: int
    end: int
    name: str
    quantity: int | None = None

    def says(self, text: str, start: int, end: int) -> bool:
        """Whether these words only name the product: "cold" where it is called Cold Coffee."""
        if end <= self.start or self.end <= start:
            return False
        inside = self.start <= start and end <= self.end
        return not inside or text[start:end].casefold() in self.name.casefold()


# shop/language/words/*/notes.yml says them in each language.
_SAID = read_patterns("notes", flags=re.IGNORECASE | re.DOTALL)
_NOTE, _WRITTEN, _DROPPED = _SAID["note"], _SAID["written"], _SAID["dropped"]


def notes_said(
    text: str, named: Sequence[Named], only: str = WHOLE, there: Mapping[str, int] | None = None
) -> Notes:
    """What a message says of how things are to be made, by product.

    `named` is where its products stand; a message without any speaks of `only`. Of some of those
    that are `there` already (how many, by sku) it is said how many: `1 × cold`.
    """
    if written := _WRITTEN.match(text):
        return {WHOLE: shorten(written[1], LONGEST)}
    found = [
        (start, end)
        for start, end in notes_in(text)
        if not any(one.says(text, start, end) for one in named)
    ]
    words: dict[str, list[str]] = {}
    for (start, end), last in zip(found, _row_ends(text, found), strict=True):
        sku = _whose(text, last, named, only)
        many = _part(text, start, [one for one in named if one.sku == sku], len(found) == 1)
        is_part = many and many < (there or {}).get(sku, 0)
        note = text[start:end]
        words.setdefault(sku, []).append(f"{many} × {note}" if is_part else note)
    often = Counter(one.sku for one in named)
    # "one hot coffee and one cold coffee" are one line of two: only the whole tells them apart.
    return {
        sku: shorten(text if often[sku] > 1 else ", ".join(each), LONGEST)
        for sku, each in words.items()
    }


def is_of_part(notes: Notes) -> bool:
    """Whether some note is of some things of a line only."""
    return any(_PART_OF.match(words) for words in notes.values())


def with_notes(before: Notes, text: str, now: Notes) -> Notes:
    """The notes of before with those of `now`; none of before where `text` takes them back."""
    if _DROPPED.search(text):
        return {}
    return join_notes(before, now)


def join_notes(before: Notes, now: Notes) -> dict[str, str]:
    """Both, what is noted of the same product behind each other."""
    return dict(before) | {sku: _both(before.get(sku), words) for sku, words in now.items()}


def as_lines(notes: Notes | None, names: Mapping[str, str]) -> list[str]:
    """`Coffee: no sugar` for each; of an order's one line without the name."""
    return [
        f"{names[sku]}: {words}" if sku in names and len(names) > 1 else words
        for sku, words in (notes or {}).items()
    ]


def notes_in(text: str) -> list[tuple[int, int]]:
    """Where the words say how something is to be made."""
    return [found.span() for found in _NOTE.finditer(text)]


def _row_ends(text: str, found: Sequence[tuple[int, int]]) -> list[int]:
    """For each, the end of the row that it and those right behind it make: "hot less sugar"."""
    ends = [end for _, end in found]
    for at in range(len(found) - 2, -1, -1):
        if _is_next(text, ends[at], found[at + 1][0]):
            ends[at] = ends[at + 1]
    return ends


def _whose(text: str, end: int, named: Sequence[Named], only: str) -> str:
    """The product that the words ending at `end` speak of: "hot coffee", "coffee with milk"."""
    for one in named:
        if one.start < end <= one.end or _is_next(text, end, one.start):
            return one.sku
    before = [one for one in named if one.end <= end]
    return next((one.sku for one in before[-1:] or named[:1]), only)


def _part(text: str, start: int, named: Sequence[Named], is_only_note: bool) -> int | None:
    """How many things the note that begins at `start` is about, where that is said."""
    if named:
        return named[0].quantity if parts.part_said(text) or parts.is_made(text) else None
    counted = parts.counted_before(text, start)
    return parts.part_said(text) if counted is None and is_only_note else counted


def _is_next(text: str, end: int, start: int) -> bool:
    return end <= start and not text[end:start].strip()


def _both(before: str | None, now: str) -> str:
    if before is None or now in before:
        return before or now
    return shorten(f"{before}; {now}", LONGEST)
