"""Adds up quantities given per person by name: "one coffee for me and two for my wife"."""

from collections.abc import Sequence

from nlu.catalogue.name_finder import Mention
from nlu.quantities.numbers import Number
from nlu.quantities.pairing import Pairs
from nlu.words.small_words import word_set
from nlu.words.vocabulary import load_vocabulary

_LONGEST_WHO = 3
_FOR, _JOINS = word_set("for"), word_set("shares_join")


def is_share(words: Sequence[str], first: int, last: int) -> bool:
    """Whether the words from `first` to `last` (exclusive) are for one person: "two for my wife",
    "do bhai ke liye", "mere liye do"."""
    return _says_behind(words, last) or _says_before(words, first)


def sum_of_shares(words: Sequence[str], numbers: Sequence[Number]) -> Number | None:
    """The sum of shares such as "2 for me, 1 for him"; None if a number is no share."""
    values = [number.value for number in numbers if number.value is not None]
    shared = all(is_share(words, number.first, number.last) for number in numbers)
    if len(numbers) < 2 or len(values) < len(numbers) or not shared:  # noqa: PLR2004
        return None
    return Number(numbers[0].first, numbers[-1].last, sum(values))


def with_shares(
    words: Sequence[str], pairs: Pairs, products: Sequence[Mention], numbers: Sequence[Number]
) -> Pairs:
    """The pairs with the shares of a product added up: "coffee for me and two for my wife", "one
    for me and two for him, coffee"."""
    whole = {product: _with_own(words, product, number) for product, number in pairs.items()}
    shared = sum_of_shares(words, [number for number in numbers if number.sure])
    if shared and len(products) == 1 and products[0] not in pairs:
        apart = shared.last <= products[0].first or products[0].last <= shared.first
        return {products[0]: shared} if apart else whole
    return whole


def _with_own(words: Sequence[str], product: Mention, number: Number) -> Number:
    """The number, plus one for a first person without a number: "coffee for me and two for him"."""
    between = words[product.last : number.first]
    own = len(between) > 1 and between[0] in _FOR and not _JOINS.isdisjoint(between[1:])
    if own and number.value and _says_behind(words, number.last):
        return number._replace(value=number.value + 1)
    return number


def _says_behind(words: Sequence[str], last: int) -> bool:
    known = load_vocabulary()
    for at in range(last, min(last + _LONGEST_WHO + 1, len(words))):
        if words[at] in known.share_for:
            return at == last if words[at] in _FOR else at > last
        if words[at] in known.separators or words[at] in known.numbers or words[at].isdigit():
            return False
    return False


def _says_before(words: Sequence[str], first: int) -> bool:
    known = load_vocabulary()
    parted, two, before = (",", ",", ",", *words[:first])[-3:]
    return (two in _FOR and parted in known.separators) or before in known.share_for - _FOR
