"""Changes a cart: adds, removes, sets and replaces products."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from shop.carts.lines import LineKey, RequestedLine, merge_lines, sum_lines
from shop.carts.notes import Noted, join_words, notes_contradict
from shop.carts.option_changes import find_lines_with_options
from shop.products.options import (
    Options,
    exclude_each_other,
    has_options,
    join_options,
)

# `instead`: replaces what is removed, in addition to what the cart already has of the product.
Change = Literal["add", "remove", "set", "instead"]
Lines = list[RequestedLine]


@dataclass(frozen=True)
class Said:
    """One change of a product, with its notes and options."""

    product: str
    quantity: int | None
    change: Change
    note: str = ""
    options: Options = ()


def apply_changes(
    before: Iterable[RequestedLine], change: Change, named: Iterable[RequestedLine]
) -> Lines:
    """The requested lines after the same change of all named products.

    Removing a number keeps the rest; products that are not on the cart are ignored.
    """
    return lines_after(before, [Said(one.product, one.quantity, change, one.note) for one in named])


def lines_after(before: Iterable[RequestedLine], said: Sequence[Said]) -> Lines:
    """The requested lines after all changes.

    A product that replaces another one and has no number gets that one's: `coffee to tea`.
    A product that one message sets twice has a line for each note: `a hot and a cold coffee`.
    """
    lines = list(before)
    taken = [one for one in said if one.change == "remove"]
    moved = [_take_away(lines, one) for one in taken if _lines_of(lines, one.product)]
    freed = moved[0] if moved else None
    often = Counter(one.product for one in said if one.change == "set")
    lines = [line for line in lines if often[line.product] <= 1]
    for one in said:
        if one.change == "add":
            _add(lines, replace(one, quantity=one.quantity or 1))
        elif one.change == "instead":
            _add(lines, replace(one, quantity=one.quantity or freed))
        elif one.change == "set" and often[one.product] > 1:
            lines.append(_as_line(one))
        elif one.change == "set" and not (
            taken and one.quantity is None and _lines_of(lines, one.product)
        ):
            _set(lines, replace(one, quantity=freed if one.quantity is None else one.quantity))
    return merge_lines(lines)


def note_lines(lines: Sequence[RequestedLine], noted: Iterable[Noted]) -> Lines:
    """The lines with these notes; a note on some things of a line splits the line."""
    after = list(lines)
    for one in noted:
        places = [at for at, line in enumerate(after) if line.product == one.product]
        whole = [at for at in places if one.many is not None and _exceeds(after[at], one.many)]
        # "2 large with oat milk, 1 small no sugar"
        just = [
            at
            for at in places
            if whole and after[at].quantity == one.many and after[at].options and not after[at].note
        ]
        if just:
            after[just[-1]] = replace(after[just[-1]], note=one.words)
        elif whole:
            plainest = min(whole, key=lambda at: bool(after[at].note))
            after[plainest : plainest + 1] = _split(after[plainest], one)
        else:
            for at in places:
                after[at] = replace(after[at], note=join_words(after[at].note, one.words))
    return merge_lines(after)


def merge_changes(said: Iterable[Said]) -> list[Said]:
    """Merges changes of the same line and adds up their numbers: `2 coffees, a tea, a coffee`."""
    sums = sum_lines(((o.product, o.change, o.note, o.options), o.quantity) for o in said)
    return [
        Said(product, many, change, note, options)
        for (product, change, note, options), many in sums.items()
    ]


def with_quantity(
    requested_lines: Iterable[RequestedLine], key: LineKey, quantity: int | None
) -> Lines:
    """The requested lines with another quantity for the line of this key."""
    return [
        replace(line, quantity=quantity) if line.key == key else line for line in requested_lines
    ]


def _exceeds(line: RequestedLine, many: int) -> bool:
    return line.quantity is not None and line.quantity > many


def _split(line: RequestedLine, one: Noted) -> Lines:
    """Splits a line into the things without and those with the note."""
    rest = replace(line, quantity=(line.quantity or 0) - (one.many or 0))
    return [rest, replace(line, quantity=one.many, note=join_words(line.note, one.words))]


def _as_line(one: Said) -> RequestedLine:
    return RequestedLine(one.product, one.quantity, one.note, one.options)


def _lines_of(lines: Lines, product: str) -> list[int]:
    """The indexes of a product's lines."""
    return [at for at, line in enumerate(lines) if line.product == product]


def _meant(lines: Lines, one: Said) -> list[int]:
    """The indexes of the lines that are meant, those with the fewest options first: only lines with
    the options that were said, if there are any."""
    mine = _lines_of(lines, one.product)
    alike = [at for at in mine if has_options(lines[at].options, one.options)]
    mine = alike if one.options and alike else mine
    noted = [at for at in mine if one.note and one.note in lines[at].note]
    return noted or sorted(mine, key=lambda at: bool(lines[at].note))


def _add(lines: Lines, one: Said) -> None:
    """Adds so many: to the line of the same kind, else as a new line."""
    mine = _meant(lines, one)
    same = [
        at
        for at in mine
        if (not one.note or one.note == lines[at].note)
        and has_options(lines[at].options, one.options)
    ]
    if not same:
        lines.append(_as_line(one))
        return
    known = [many for many in (lines[same[0]].quantity, one.quantity) if many]
    lines[same[0]] = replace(lines[same[0]], quantity=sum(known) or None)


def _set(lines: Lines, one: Said) -> None:
    """Sets the number of a product: the sum of its lines, changed from the plainest one on."""
    mine = _meant(lines, one)
    same = [at for at in mine if one.note and lines[at].note == one.note]
    # "3 hot coffees" on a cart with 3 cold ones changes their note.
    is_anew = len(mine) == 1 and (one.quantity or 0) > 1 and lines[mine[0]].quantity == one.quantity
    is_other = len(mine) > 1 or (mine and notes_contradict(lines[mine[0]].note, one.note))
    is_other = is_other and not is_anew
    if one.options and mine:
        _set_options(lines, mine, one)
    elif not mine or (one.note and one.quantity and is_other and not same):
        lines.append(_as_line(one))
    elif one.note and not same and len(mine) == 1 and _exceeds(lines[mine[0]], one.quantity or 0):
        # "One tea without sugar" on a cart with three: one of these gets the note.
        part = Noted(one.product, one.note, one.quantity)
        lines[mine[0] : mine[0] + 1] = _split(lines[mine[0]], part)
    elif same or len(mine) == 1 or one.quantity is None:
        at = (same or mine)[0]
        note = join_words(lines[at].note, one.note)
        lines[at] = replace(lines[at], quantity=one.quantity, note=note)
    else:
        there = sum(lines[at].quantity or 0 for at in mine)
        if one.quantity >= there:
            _add(lines, replace(one, quantity=one.quantity - there))
        else:
            _take_away(lines, replace(one, quantity=there - one.quantity))


def _set_options(lines: Lines, mine: Sequence[int], one: Said) -> None:
    """ "make the tea small" changes all teas; "2 small teas" beside large ones are new lines."""
    named, new = find_lines_with_options([lines[at].options for at in mine], one.options)
    if named and (one.quantity is None or new != one.options):
        mine = [mine[at] for at in named]  # "make the small tea large", "oat milk in the large tea"
        one = replace(one, options=new)
    fitting = [at for at in mine if not exclude_each_other(lines[at].options, one.options)]
    if one.quantity is None:
        for at in mine:
            options = join_options(lines[at].options, one.options)
            note = join_words(lines[at].note, one.note)
            lines[at] = replace(lines[at], options=options, note=note)
    elif fitting:
        line = lines[fitting[0]]
        options = join_options(line.options, one.options)
        note = join_words(line.note, one.note)
        lines[fitting[0]] = replace(line, quantity=one.quantity, options=options, note=note)
    else:
        lines.append(_as_line(one))


def _take_away(lines: Lines, one: Said) -> int | None:
    """Removes it; returns how many were removed, if that is known."""
    gone, wanted = [], one.quantity
    mine = [at for at in _meant(lines, one) if has_options(lines[at].options, one.options)]
    there = [lines[at].quantity for at in mine]
    for at in mine:
        if wanted == 0:
            break
        if wanted is None or (lines[at].quantity or 0) <= wanted:
            gone.append(at)
            wanted = None if wanted is None else wanted - (lines[at].quantity or 0)
        else:
            lines[at] = replace(lines[at], quantity=(lines[at].quantity or 0) - wanted)
            wanted = 0
    for at in sorted(gone, reverse=True):
        del lines[at]
    whole = None if None in there else sum(many or 0 for many in there)
    if one.quantity is None or whole is None:
        return whole
    return min(one.quantity, whole)
