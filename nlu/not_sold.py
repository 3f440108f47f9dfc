"""What a message orders beside products of the shop: "2 burgers" in "2 burgers and a coffee"."""

from collections.abc import Container, Sequence
from itertools import takewhile

from nlu.language import NEW_LINE
from nlu.name_finder import Mention
from nlu.numbers import Number
from nlu.order import Order
from nlu.ordinary_words import is_ordinary
from nlu.vocabulary import every_word, vocabulary

_LONGEST_NAME = 3
_PARTS = {NEW_LINE, ",", "-", "+", "&", "and", "n", "plus", "aur", "और"}  # one thing from another

Span = tuple[int, int]


def find_not_sold(
    words: Sequence[str],
    products: Sequence[Mention],
    numbers: Sequence[Number],
    order: Order,
) -> list[Span]:
    """Where things are counted that no product is named like, first word to last (exclusive).

    Found with care, since whoever is told so in vain wonders: the thing is plural, unheard of or
    what the message begins with, and it is neither a person nor of a kind ("2 strong").
    """
    counting = [line.quantity for line in order.lines]
    ends = {product.last for product in products}
    named = {at for product in products for at in range(product.first, product.last)}
    found = []
    for number in numbers:
        thing = _thing(words, number.last, named)
        if number in counting or not number.sure or not thing:
            continue
        first = not any(line.first < number.first for line in order.lines)
        if _is_listed(words, number, ends) and (first or _is_a_name(thing, number)):
            found.append((number.first, number.last + len(thing)))
    return found if order.lines else []


def counts_another_thing(words: Sequence[str], number: Number) -> bool:
    """Whether a number that a product could have counts something else: "coffee and 2 vada pav"."""
    thing = _thing(words, number.last, set())
    return bool(thing) and _is_listed(words, number, ()) and _is_a_name(thing, number)


def _is_listed(words: Sequence[str], number: Number, ends: Container[int]) -> bool:
    """Whether a number begins the message or follows what parts one thing from another."""
    return number.first == 0 or words[number.first - 1] in _PARTS or number.first in ends


def _thing(words: Sequence[str], at: int, named: set[int]) -> Sequence[str]:
    """The unknown nouns that begin at a word and end with the phrase; empty where they do not."""
    nouns = list(takewhile(_may_be_a_thing, words[at : at + _LONGEST_NAME]))
    end = at + len(nouns)
    known = vocabulary()
    ends = end == len(words) or words[end] in known.borders | known.courtesy | known.instead_of
    if not nouns or not ends or named.intersection(range(at, end + 1)):
        return []
    return [] if nouns[-1] in known.people else nouns


def _may_be_a_thing(word: str) -> bool:
    return word.isalpha() and word not in every_word()


def _is_a_name(thing: Sequence[str], number: Number) -> bool:
    """Whether it is rather a thing than how one is: plural, or a word of no dictionary."""
    plural = thing[-1].endswith("s") and not thing[-1].endswith("ss")
    return (number.value or 0) > 1 and (plural or not any(map(is_ordinary, thing)))
