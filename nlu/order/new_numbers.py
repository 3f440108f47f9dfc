"""Applies unmatched numbers that change earlier lines."""

from collections.abc import Sequence
from itertools import takewhile

from nlu.order.corrections import MAKES, is_taken_back
from nlu.order.order import TIMES, OrderLine
from nlu.order.unsold.not_sold import counts_another_thing, may_be_a_thing
from nlu.quantities.numbers import Number
from nlu.quantities.pairing import ends_phrase
from nlu.quantities.shares import is_share
from nlu.words.small_words import phrases_of, word_set
from nlu.words.vocabulary import load_vocabulary

_OF_THEM = phrases_of("of_them")
_LONGEST_DESCRIPTION = 3
_DO = phrases_of("does")
_THEN, _ALTOGETHER, _SO = word_set("then"), word_set("altogether"), word_set("so")
_CHANGES, _INTO, _IN = word_set("changes"), word_set("into"), word_set("in")
_ONE, _ONES, _JOINS = word_set("one"), word_set("ones"), word_set("joins")
_EXTRA = word_set("extra")


def with_new_numbers(
    words: Sequence[str], lines: list[OrderLine], free: Sequence[Number]
) -> list[OrderLine]:
    """The lines, with `free` numbers that replace a line's quantity or add to it."""
    shared_to = 0
    for number in free:
        at = sum(line.last <= number.first for line in lines) - 1
        counted = lines[at].quantity if at >= 0 else None
        if counted is None:
            continue
        begins, ends = lines[at].first, max(lines[at].last, shared_to)
        if _is_times(words, number, counted):
            counted = counted._replace(value=number.value)
            lines = [*lines[:at], lines[at]._replace(quantity=counted), *lines[at + 1 :]]
        elif _is_another_share(words, number, (shared_to or begins, ends)):
            shared_to = number.last
            lines = [*lines[:at], _more(lines[at], number), *lines[at + 1 :]]
        elif _counts_anew(words, number, lines[at], len(lines) == 1):
            lines = [*lines[:at], lines[at]._replace(quantity=number), *lines[at + 1 :]]
        elif _is_another(words, number, counted) or _is_one_more(words, number):
            lines = [*lines[:at], _more(lines[at], number), *lines[at + 1 :]]
    return lines


def _is_times(words: Sequence[str], number: Number, counted: Number) -> bool:
    """Whether a number multiplies a quantity of one: "1 medium margherita x2"."""
    return counted.value == 1 and words[number.first - 1] in TIMES


def _is_another_share(words: Sequence[str], number: Number, before: tuple[int, int]) -> bool:
    """Whether a number is one more person's share: "2 coffees for me, 1 for him".

    In "3 teas, one for me" it is not: the 3 is nobody's share, so it is the total."""
    return is_share(words, *before) and is_share(words, number.first, number.last)


def _counts_anew(words: Sequence[str], number: Number, line: OrderLine, is_only_one: bool) -> bool:
    """Whether a number replaces the line's quantity: "2 coffees, make that 3", "3 with mayo and 1
    without, so 4 altogether", "3 kar do"."""
    behind = words[number.last : number.last + 2]
    if not number.sure or behind in _DO:
        return behind in _DO
    next_one = behind[:1]
    if not _THEN.isdisjoint(next_one) or (is_only_one and not _ALTOGETHER.isdisjoint(next_one)):
        return True
    if words[number.first - 1] in _SO and ends_phrase(words, number.last):
        return True
    if behind in _OF_THEM and line.quantity and line.quantity.kind == "article":
        return True  # "can I get a tea? I'll take two of them"
    between = words[line.last : number.first]
    changes = not (_CHANGES.isdisjoint(between) or _INTO.isdisjoint(between))
    return changes or between[-2:] in MAKES or is_taken_back(between)


def _is_another(words: Sequence[str], number: Number, counted: Number) -> bool:
    """Whether a number adds another kind of the product: "one coffee for me and one cold for her".

    The 3 of "5 teas, 3 hot" does not: it is part of the 5."""
    if not number.sure or counts_another_thing(words, number):
        return False
    thing = words[number.last + 1 : number.last + 2]
    if thing and may_be_a_thing(thing[0]):
        return False  # "and 1 veg wrap"
    described = words[number.last : number.last + 1]
    ones = not _ONES.isdisjoint(words[number.last : number.last + 2][-1:])
    joined = words[number.first - 1] in _JOINS
    kinds = not (load_vocabulary().descriptions - _EXTRA).isdisjoint(described)
    kinds = kinds or (
        not _IN.isdisjoint(described) and number.value == 1
    )  # "one in red and one in blue"
    return kinds and (ones or joined) and (number.value or 0) >= (counted.value or 0)


def _is_one_more(words: Sequence[str], number: Number) -> bool:
    """Whether an article and "one" add a piece: "and a small one with milk"."""
    described = list(takewhile(_describes, words[number.last : number.last + _LONGEST_DESCRIPTION]))
    behind = words[number.last + len(described) :][:1]
    return number.kind == "article" and bool(described) and not _ONE.isdisjoint(behind)


def _describes(word: str) -> bool:
    return word not in load_vocabulary().borders and word not in _ONE


def _more(line: OrderLine, number: Number) -> OrderLine:
    count = line.quantity
    if count is None or count.value is None or number.value is None:
        return line
    return line._replace(quantity=count._replace(value=count.value + number.value))
