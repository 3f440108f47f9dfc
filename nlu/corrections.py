"""Second thoughts within one message: "2 coffees, no wait, 3", "and a juice. Cancel the juice"."""

from collections.abc import Sequence

from nlu.numbers import Number
from nlu.order import Line
from nlu.vocabulary import vocabulary

_AT_ONCE = 2  # so many words before a line, "no" takes the one before it back
_NEAR = 3


def corrected(words: Sequence[str], lines: Sequence[Line], free: Sequence[Number]) -> list[Line]:
    """The lines as they were meant in the end.

    Of two lines of one product the later stands where a word between them takes the earlier back.
    A number of the `free` ones that follows such a word counts what was named last.
    """
    kept: list[Line] = []
    for line in lines:
        before = next((one for one in kept if one.product.sku == line.product.sku), None)
        between = words[_end(before) : _start(line)] if before else ()
        if before and not vocabulary().takes_off.isdisjoint(between[-_NEAR:]):
            kept = [one for each in kept if (one := _less(each, line) if each is before else each)]
        elif before and _is_taken_back(between):
            kept = [one for one in kept if one is not before] + [line]
        else:
            kept.append(line)
    return _with_last_number(words, kept, free)


def _with_last_number(
    words: Sequence[str], lines: list[Line], free: Sequence[Number]
) -> list[Line]:
    """ "2 coffees, make that 3" """
    if not lines or not free or lines[-1].quantity is None:
        return lines
    between = words[_end(lines[-1]) : free[-1].first]
    makes = between[-2:] in (["make", "that"], ["make", "it"])
    if free[-1].first > _end(lines[-1]) and (makes or _is_taken_back(between)):
        return [*lines[:-1], lines[-1]._replace(quantity=free[-1])]
    return lines


def _is_taken_back(between: Sequence[str]) -> bool:
    known = vocabulary()
    at_once = not known.takes_back_at_once.isdisjoint(between[-_AT_ONCE:])
    return at_once or not known.takes_back.isdisjoint(between)


def _less(line: Line, taken: Line) -> Line | None:
    """What is left of a line; nothing, if no number says how many are taken off."""
    if line.quantity is None or taken.quantity is None:
        return None
    left = (line.quantity.value or 0) - (taken.quantity.value or 0)
    return line._replace(quantity=line.quantity._replace(value=left)) if left > 0 else None


def _start(line: Line) -> int:
    return min(line.product.first, line.quantity.first if line.quantity else line.product.first)


def _end(line: Line) -> int:
    return max(line.product.last, line.quantity.last if line.quantity else line.product.last)
