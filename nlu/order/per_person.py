"""Reads orders per person: "we are 5, one tea each"."""

from collections.abc import Sequence
from itertools import pairwise

from nlu.order.order import OrderLine
from nlu.quantities.numbers import Number, find_numbers
from nlu.words.small_words import phrases_of
from nlu.words.vocabulary import load_vocabulary

_OF_US = phrases_of("of_us")


def multiply_per_person(words: Sequence[str], lines: list[OrderLine]) -> list[OrderLine]:
    """Multiplies the quantities by the number of people, if the message gives one.

    "4 of us: a juice and a sandwich for each", "hum paanch log hai, sabko ek ek chai".
    """
    if not (lines and _is_shared(words)):
        return lines
    eaters = [number for number in find_numbers(words) if _counts_eaters(words, number)]
    if len(eaters) != 1:
        return lines
    shared = [_times(words, line, eaters[0]) for line in lines]
    return lines if None in shared else [line for line in shared if line]


def _counts_eaters(words: Sequence[str], number: Number) -> bool:
    behind = words[number.last : number.last + 2]
    is_of_eaters = behind in _OF_US or not load_vocabulary().eaters.isdisjoint(behind[:1])
    return number.sure and (number.value or 0) > 1 and is_of_eaters


def _is_shared(words: Sequence[str]) -> bool:
    known = load_vocabulary()
    counts = known.numbers.keys() | known.only_before_a_product.keys()
    again = any(one == other and one in counts for one, other in pairwise(words))
    return again or not known.to_each.isdisjoint(words)


def _times(words: Sequence[str], line: OrderLine, eaters: Number) -> OrderLine | None:
    """The line times the number of people; None if its number may already be the total."""
    share = line.quantity or eaters._replace(value=1)
    around = (*words[share.first - 1 : share.first], *words[share.last : share.last + 1])
    if share.value is None or (share.value > 1 and words[share.first] not in around):
        return None
    return line._replace(quantity=share._replace(value=share.value * (eaters.value or 1)))
