"""How something is to be made, in the customer's words: `without onion`, `less sugar`, `large`.

They are stored as notes of the order for the people who prepare it; they change no price.
"""

import re
from collections.abc import Mapping, Sequence
from textwrap import shorten
from typing import NamedTuple

from shop.carts import note_words
from shop.language.signs import Sign, Signs

LONGEST = 300
# Notes by the key of a line (shop/carts/cart.py), or "" for the whole order.
Notes = Mapping[str, str]
WHOLE = ""


class Named(NamedTuple):
    """Where a message names a product, with any word for it, and the product's own name."""

    sku: str
    start: int
    end: int
    name: str
    quantity: int | None = None

    def says(self, text: str, start: int, end: int) -> bool:
        """Whether these words are part of the product's name: "cold" of Cold Coffee."""
        if end <= self.start or self.end <= start:
            return False
        inside = self.start <= start and end <= self.end
        return not inside or text[start:end].casefold() in self.name.casefold()


class Noted(NamedTuple):
    """A note on a product (sku), or on the whole order.

    many: the note is on so many of the things on the cart only: `make 1 of them cold`;
    mention: the index in `named` of the mention beside the words, if there is one.
    """

    product: str
    words: str
    many: int | None = None
    mention: int | None = None


def find_notes(
    text: str,
    signs: Signs,
    named: Sequence[Named],
    only: str = WHOLE,
    there: Mapping[str, int] | None = None,
) -> list[Noted]:
    """The notes in a message, in the order of the words.

    `signs` are what nlu/said found in the text; `named` is where its products stand; a message
    without products is about `only`. `there`: how many are on the cart already, by sku.
    """
    if written := signs.first("written_note"):
        return [Noted(WHOLE, shorten(text[written.start : written.end], LONGEST))]
    found = [
        one
        for one in signs.named("note")
        if not any(each.says(text, one.start, one.end) for each in named)
    ]
    noted = []
    for one, last in zip(found, _row_ends(text, found), strict=True):
        at = _whose(text, signs, last, named)
        sku = only if at is None else named[at].sku
        counted = None if at is None else named[at].quantity
        is_of_named = any(each.sku == sku for each in named)
        many = _part(signs, one, counted, is_of_named=is_of_named, is_only_note=len(found) == 1)
        is_part = many and many < max((there or {}).get(sku, 0), counted or 0)
        noted.append(Noted(sku, text[one.start : one.end], many if is_part else None, at))
    return _of_one_line(noted)


def join_words(before: str, now: str) -> str:
    """Joins two notes of one line; on the same subject the new one replaces the old one."""
    if not before or not now or now in before:
        return before or now
    new = note_words.aspects_of(now)
    kept = [
        piece
        for piece in re.split(r"; |, ", before)
        if not (old := note_words.aspects_of(piece)) or not old <= new
    ]
    return shorten("; ".join([*kept, now]), LONGEST)


def notes_contradict(before: str, now: str) -> bool:
    """Whether two notes on the same subject differ: `hot` and `cold`."""
    same = note_words.aspects_of(before) & note_words.aspects_of(now)
    return bool(same) and now not in before


def as_lines(notes: Notes | None, names: Mapping[str, str]) -> list[str]:
    """`Coffee: no sugar` for each line; without the name if there is only one line."""
    return [
        f"{names[key.partition('#')[0]]}: {words}"
        if key.partition("#")[0] in names and len(names) > 1
        else words
        for key, words in (notes or {}).items()
    ]


def _of_one_line(noted: Sequence[Noted]) -> list[Noted]:
    """Joins successive notes on the same things."""
    joined: dict[tuple[str, int | None, int | None], list[str]] = {}
    for one in noted:
        joined.setdefault((one.product, one.many, one.mention), []).append(one.words)
    return [
        Noted(product, shorten(", ".join(words), LONGEST), many, mention)
        for (product, many, mention), words in joined.items()
    ]


def _row_ends(text: str, found: Sequence[Sign]) -> list[int]:
    """For each sign, where it and the signs right after it end: "hot less sugar"."""
    ends = [one.end for one in found]
    for at in range(len(found) - 2, -1, -1):
        if _is_next(text, ends[at], found[at + 1].start):
            ends[at] = ends[at + 1]
    return ends


def _whose(text: str, signs: Signs, end: int, named: Sequence[Named]) -> int | None:
    """The mention that the words ending at `end` are about: "hot coffee", "coffee with milk", "no
    onion in the pakora"."""
    for at, one in enumerate(named):
        is_led_to = signs.fills("of_product", end, one.start)
        if is_led_to or one.start < end <= one.end or _is_next(text, end, one.start):
            return at
    before = [at for at, one in enumerate(named) if one.end <= end]
    return next(iter(before[-1:] or range(len(named))[:1]), None)


def _part(
    signs: Signs, note: Sign, counted: int | None, *, is_of_named: bool, is_only_note: bool
) -> int | None:
    """How many things a note is about, if that is said; its own number stands before it.

    counted: how many of the product are said beside it: of "3 teas, 1 without sugar" it is one.
    """
    part = signs.first("part")
    if is_of_named:
        said = [note.number, part.number if part else None]
        own = next((many for many in said if many and many < (counted or 0)), None)
        is_of_part = (part and part.number) or signs.has("is_made")
        return own or (counted if is_of_part else None)
    return part.number if part and note.number is None and is_only_note else note.number


def _is_next(text: str, end: int, start: int) -> bool:
    return end <= start and not text[end:start].strip()
