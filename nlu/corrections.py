"""Second thoughts within one message: "2 coffees, no wait, 3", "and a juice. Cancel the juice"."""

from collections.abc import Sequence
from itertools import pairwise

from nlu.catalogue import Mention
from nlu.numbers import Number
from nlu.order import Line
from nlu.pairing import ends_phrase
from nlu.vocabulary import vocabulary

_AT_ONCE = 2  # so many words before a line, "no" takes the one before it back
_NEAR = 3
_DO = (["kar", "do"], ["kar", "de"], ["kar", "dena"], ["kr", "do"], ["कर", "दो"])
_MAKE = (["make", "that"], ["make", "it"], ["par", "ab"], ["but", "now"])


def without_taken_off(
    words: Sequence[str], lines: Sequence[Line], declined: Sequence[Mention]
) -> list[Line]:
    """Without what is taken off by name later on: "tea and a sandwich, actually no sandwich"."""
    off = [product for product in declined if _changes_mind(words, product)]
    return [
        line
        for line in lines
        if not any(p.sku == line.product.sku and p.first > _start(line) for p in off)
    ]


def corrected(
    words: Sequence[str],
    lines: Sequence[Line],
    free: Sequence[Number],
    declined: Sequence[Mention],
) -> list[Line]:
    """The lines as they were meant in the end.

    Of two lines of one product the later stands where it takes the earlier back or says it again.
    A number of the `free` ones that follows such a word counts what was named last. `declined` are
    products that the message names and does not want.
    """
    kept: list[Line] = []
    for line in lines:
        before = next((o for o in reversed(kept) if o.product.sku == line.product.sku), None)
        if before is None:
            if kept and _replaces(words, kept[-1], line, (*free, *declined)):
                kept.pop()
            kept.append(line)
            continue
        between = words[_end(before) : _start(line)]
        if not vocabulary().takes_off.isdisjoint(between[-_NEAR:]):
            kept = [one for each in kept if (one := _less(each, line) if each is before else each)]
        elif before.quantity is not None and (line.quantity is None or _is_part(words, line)):
            continue
        elif before.quantity is not None and _says_again(words, before, line):
            kept = [one for one in kept if one.product.sku != line.product.sku] + [line]
        else:
            kept.append(line)
    return _with_new_numbers(words, kept, free)


def _with_new_numbers(
    words: Sequence[str], lines: list[Line], free: Sequence[Number]
) -> list[Line]:
    """ "2 coffees, make that 3 and a tea", "3 with mayo and 1 without, so 4 altogether"."""
    for number in free:
        at = sum(_end(line) <= number.first for line in lines) - 1
        if at < 0 or lines[at].quantity is None:
            continue
        between = words[_end(lines[at]) : number.first]
        behind = words[number.last : number.last + 2]
        sum_of_one = len(lines) == 1 and behind[:1] == ["altogether"]
        so = words[number.first - 1] == "so" and ends_phrase(words, number.last)
        again = sum_of_one or so or behind[:1] in (["then"], ["hi"]) or behind in _DO
        again = again or {"change", "to"}.issubset(between)
        if again or between[-2:] in _MAKE or _is_taken_back(between):
            lines = [*lines[:at], lines[at]._replace(quantity=number), *lines[at + 1 :]]
    return lines


def _says_again(words: Sequence[str], before: Line, line: Line) -> bool:
    """Whether a line of the same product is meant instead of the one before, not beside it."""
    known = vocabulary()
    between = words[_end(before) : _start(line)]
    within = words[_start(line) : _end(line)]
    insists = "hi" in within or not known.takes_back_at_once.isdisjoint(within)
    if insists or between[-2:] in _MAKE or _is_taken_back(between):
        return True
    ends = [at for at, word in enumerate(between) if word in known.sentence_ends]
    tail = between[ends[-1] + 1 :] if ends else between
    if not known.sums_up.isdisjoint(tail):
        return True
    if between == [","] and _insists(before, line):
        return True
    if not {"tha", "thi"}.isdisjoint(between[:_NEAR]):
        return True
    plain = _is_bare(words, before) and _is_bare(words, line) and known.adds.isdisjoint(tail)
    return plain and bool(ends)


def _is_bare(words: Sequence[str], line: Line) -> bool:
    """Whether nothing tells this line from another one of the same product."""
    known = vocabulary()
    behind = words[_end(line) : _end(line) + 1]
    return not behind or behind[0] in (known.separators | known.courtesy) - known.adds


def _replaces(
    words: Sequence[str], before: Line, line: Line, others: Sequence[Number | Mention]
) -> bool:
    """ "a coke. No wait, make it a shake", "pakora, but actually two samosas instead".

    Not if what is taken back is one of the `others`.
    """
    between = words[_end(before) : _start(line)]
    if [word for word in between if word.isalpha()] in (["no"], ["nahi"], ["i", "mean"]):
        return True
    if any(_end(before) <= other.first < _start(line) for other in others):
        return False
    if "change" in between[:-1] and "to" in between:
        return True
    behind = [*words[_end(line) : _end(line) + _NEAR], "", ""]
    instead = any(one in vocabulary().instead_of and two != "of" for one, two in pairwise(behind))
    if before.quantity is None and instead:
        return True
    instead = instead or not vocabulary().instead_of.isdisjoint(between)
    return _is_taken_back(between) and (instead or between[-2:] in _MAKE)


def _is_taken_back(between: Sequence[str]) -> bool:
    known = vocabulary()
    last_two = between[-_AT_ONCE:]
    courteous = len(last_two) < _AT_ONCE or last_two[-1] in known.courtesy | {","}
    if last_two[-1:] and (
        last_two[-1] in known.takes_back_at_once
        or (courteous and last_two[0] in known.takes_back_at_once)
    ):
        return True
    no, pause = (
        known.takes_back_at_once & known.no_line_after,
        known.sentence_ends | known.courtesy | {","},
    )
    refuses = any(word in no and then in pause for word, then in pairwise(between))
    return refuses or not known.takes_back.isdisjoint(between)


def _changes_mind(words: Sequence[str], product: Mention) -> bool:
    """Whether a product that is declined was wanted before: "Actually no sandwich"."""
    known = vocabulary()
    before = words[max(0, product.first - _NEAR - 1) : product.first]
    behind = words[product.last : product.last + 1]
    turns = known.takes_back | known.instead_of | known.takes_off | known.skips | {"no", "nahi"}
    if not known.dont.isdisjoint(before) and not known.eats.isdisjoint(before):
        return True  # "she doesn't want the juice"
    return not (turns.isdisjoint(before) and known.declines_behind.isdisjoint(behind))


def _is_part(words: Sequence[str], line: Line) -> bool:
    """ "do sandwich, ek sandwich me mirch mat daalna": of those, one."""
    return words[_end(line) : _end(line) + 1] in (["me"], ["mein"], ["में"])


def _insists(one: Line, other: Line) -> bool:
    """ "a tea, one tea" """
    first, then = one.quantity, other.quantity
    if not first or not then or (first.kind, then.kind) != ("article", "number"):
        return False
    return first.value == then.value and then.last == other.product.first


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
