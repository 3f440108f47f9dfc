"""Assigns unmatched numbers to products without a quantity."""

from collections.abc import Sequence

from nlu.catalogue.name_finder import Mention
from nlu.order.unsold.not_sold import counts_another_thing
from nlu.quantities.numbers import Number
from nlu.quantities.pairing import Pairs, ends_phrase
from nlu.words.ordinary_words import is_ordinary
from nlu.words.small_words import word_set
from nlu.words.tokens import NEW_LINE
from nlu.words.vocabulary import load_vocabulary

_OF, _ONES, _FOR = word_set("of"), word_set("ones"), word_set("for")


def with_left_over(
    words: Sequence[str],
    products: Sequence[Mention],
    numbers: Sequence[Number],
    pairs: Pairs,
) -> Pairs:
    """The given pairs, plus those of left-over numbers and products."""
    for number in numbers:
        if number in pairs.values():
            continue
        last = max((p for p in products if p.last <= number.first), default=None)
        same_row = last and NEW_LINE not in words[last.last : number.first]
        if last and same_row and last not in pairs and _counts_what_was_named(words, number):
            pairs = pairs | {last: number}
    free = [number for number in numbers if number.sure and number not in pairs.values()]
    if len(products) == len(free) == 1 and not pairs and not _counts_another(words, free[0]):
        return {products[0]: free[0]}
    eaters = [number for number in free if _is_for(words, number)]
    own = {number.first - 1: number for number in reversed(eaters)}
    counted = {product.sku for product in pairs}
    uncounted = [product for product in products if product.sku not in counted]
    return pairs | {p: own.get(p.last, eaters[0]) for p in uncounted} if eaters else pairs


def _counts_what_was_named(words: Sequence[str], number: Number) -> bool:
    """Whether a number counts a product named before: "juice (mosambi), 2 nos", "pakode khane hai,
    do plate", "pencils, four of them"."""
    known = load_vocabulary()
    behind = words[number.last : number.last + 2]
    is_of = len(behind) > 1 and behind[0] in _OF
    if is_of or not known.vessels.isdisjoint(behind[:1]):
        return True
    return (
        number.sure
        and not _is_for(words, number)
        and (
            ends_phrase(words, number.last)
            or not _ONES.isdisjoint(behind[-1:])
            or words[number.last] in known.courtesy | known.give_words
        )
    )


def _is_for(words: Sequence[str], number: Number) -> bool:
    """Whether a number follows "for": "tea for two"."""
    before = words[number.first - 1] if number.first else ""
    return before in _FOR and ends_phrase(words, number.last)


def _counts_another(words: Sequence[str], number: Number) -> bool:
    """Whether a number counts something that is not sold: "the thali, three rotis instead of rice",
    "roti 4 rakhna"."""
    before = words[number.first - 2 : number.first] if number.first > 1 else []
    noun_first = before[:1] == [","] and _is_noun(before[1])
    return noun_first or counts_another_thing(words, number)


def _is_noun(word: str) -> bool:
    """Whether a word may be an unknown noun."""
    return word.isalpha() and not is_ordinary(word)
