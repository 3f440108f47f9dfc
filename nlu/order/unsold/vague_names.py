"""Drops numbers that only announce the total: the 3 of "3 pizzas: one margherita, ..."."""

from collections.abc import Sequence

from nlu.catalogue.name_finder import Mention
from nlu.quantities.numbers import Number
from nlu.words.small_words import word_set
from nlu.words.vocabulary import load_vocabulary

_FARTHEST = 2
_OF = word_set("of")


def without_vague_numbers(
    words: Sequence[str],
    numbers: Sequence[Number],
    vague: Sequence[Mention],
    products: Sequence[Mention],
) -> list[Number]:
    """The numbers without those that count one of the `vague` names."""
    return [
        number
        for number in numbers
        if not any(_counts(words, number, mention, products) for mention in vague)
    ]


def _counts(
    words: Sequence[str], number: Number, mention: Mention, products: Sequence[Mention]
) -> bool:
    """Whether a number stands before a general name, with no product between them.

    A name before "of" is a measure and is not counted: "two scoops of vanilla"."""
    if not _OF.isdisjoint(words[mention.last : mention.last + 1]):
        return False
    between = words[number.last : mention.first]
    is_before = number.last <= mention.first and len(between) <= _FARTHEST
    is_other = any(number.last <= one.first < mention.first for one in products)
    return is_before and not is_other and load_vocabulary().borders.isdisjoint(between)
