"""Which number counts which product: the lines of an order."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from nlu.catalogue import Mention
from nlu.numbers import Number
from nlu.vocabulary import vocabulary

_LONGEST_REACH = 6
_LONGEST_TAIL = 3
_TAKEN = "|"


class Line(NamedTuple):
    """A product and how many of it; None where no number belongs to it."""

    product: Mention
    quantity: Number | None


class Order(NamedTuple):
    """The lines of an order, and the number of a message that names no product."""

    lines: list[Line]
    loose: Number | None


Pairs = dict[Mention, Number]
Reading = Callable[[Sequence[str], Number, Mention], bool]


def read_order(
    words: Sequence[str], products: Sequence[Mention], numbers: Sequence[Number]
) -> Order:
    """Pairs numbers with products.

    A number counts the product behind it ("2 large coffees") or the one before it ("coffee x2");
    of the two readings of a whole message the one that leaves fewer numbers over is meant.
    """
    products = [product for product in products if _is_ordered(words, product, products)]
    gaps = _without(words, products, numbers)
    forwards = _pairs(gaps, products, numbers, (_counts_next, _counts_previous))
    backwards = _pairs(gaps, products, numbers, (_counts_previous, _counts_next))
    pairs = backwards if len(backwards) > len(forwards) else forwards
    given = set(pairs.values())
    free = [number for number in numbers if number.sure and number not in given]
    if len(products) == len(free) == 1 and not pairs:
        pairs = {products[0]: free[0]}
    lines = [Line(product, pairs.get(product)) for product in products]
    lines = [line for line in lines if _is_line(line, pairs)]
    return Order(lines, free[-1] if free and not lines else None)


def _pairs(
    gaps: Sequence[str],
    products: Sequence[Mention],
    numbers: Sequence[Number],
    readings: Sequence[Reading],
) -> Pairs:
    """Gives each product a number, by the first reading before the second."""
    pairs: Pairs = {}
    given: set[Number] = set()
    for reading in readings:
        for product in products:
            if product in pairs:
                continue
            near = [number for number in numbers if _is_near(number, product)]
            fitting = [n for n in near if n not in given and reading(gaps, n, product)]
            if fitting:
                pairs[product] = fitting[-1]
                given.add(fitting[-1])
    return pairs


def _is_near(number: Number, product: Mention) -> bool:
    gap = max(product.first - number.last, number.first - product.last)
    return gap <= _LONGEST_REACH


def _counts_next(gaps: Sequence[str], number: Number, product: Mention) -> bool:
    """ "2 coffees", "two large cups of coffee"; "do" only reaches over measures."""
    if number.last > product.first:
        return False
    between = gaps[number.last : product.first]
    known = vocabulary()
    if number.kind == "homograph":
        return all(word in known.measures for word in between)
    return known.borders.isdisjoint(between)


def _counts_previous(gaps: Sequence[str], number: Number, product: Mention) -> bool:
    """ "coffee x 2", "tea - 3"; an unsure number needs a measure behind it ("samosa do plate")."""
    if product.last > number.first:
        return False
    known = vocabulary()
    between = gaps[product.last : number.first]
    follows = all(word in known.number_follows for word in between)
    measured = gaps[number.last : number.last + 1]
    sure = number.sure or any(word in known.measures for word in measured)
    return sure and follows and len(between) <= _LONGEST_TAIL


def _without(
    words: Sequence[str], products: Sequence[Mention], numbers: Sequence[Number]
) -> list[str]:
    """The words with products and numbers blotted out, over which no number reaches."""
    gaps = list(words)
    for first, last, *_ in (*products, *numbers):
        gaps[first:last] = [_TAKEN] * (last - first)
    return gaps


def _is_ordered(words: Sequence[str], product: Mention, products: Sequence[Mention]) -> bool:
    """Whether a product is more than an extra, a replaced one or one that is not wanted."""
    known = vocabulary()
    before = words[product.first - 1] if product.first else ""
    earlier = words[max(0, product.first - 2) : product.first]
    after = words[product.last] if product.last < len(words) else ""
    if product.weak and not _ends_name(after):
        return False
    if before == "of" and not known.extras.isdisjoint(earlier):
        return False
    replaced = before in {"of", "than", "with"} and any(w in known.instead_of for w in earlier)
    extra = before == "extra" and product is not products[0] and not _is_digit(earlier)
    unwanted = before in known.no_line_after
    return not (replaced or extra or unwanted or after in known.no_line_before)


def _is_line(line: Line, pairs: Pairs) -> bool:
    """A weak name needs a number; a product named again beside its line is no second line."""
    counted = {product.sku for product in pairs}
    return line.quantity is not None or not (line.product.weak or line.product.sku in counted)


def _ends_name(word: str) -> bool:
    """Whether no noun follows: "two hot lattes" are no Hot Chocolates."""
    known = vocabulary()
    speaks = any(letter.isalpha() for letter in word)
    return not speaks or word in known.borders | known.measures | known.courtesy


def _is_digit(words: Sequence[str]) -> bool:
    return any(word.isdigit() for word in words)
