"""Reads the lines of an order: products and quantities."""

from collections.abc import Sequence
from types import MappingProxyType

from nlu.catalogue.name_finder import Mention
from nlu.order.corrections import Kinds, correct_lines, is_same, without_taken_off
from nlu.order.left_over import with_left_over
from nlu.order.new_numbers import with_new_numbers
from nlu.order.numbered_lists import Span, with_one_of_each
from nlu.order.order import OrderLine, ReadOrder
from nlu.order.per_person import multiply_per_person
from nlu.order.wanted import is_declined, wanted_products
from nlu.quantities.numbers import Number
from nlu.quantities.pairing import pair_numbers
from nlu.quantities.shares import with_shares

_NO_KINDS: Kinds = MappingProxyType({})


def read_order(
    words: Sequence[str],
    products: Sequence[Mention],
    numbers: Sequence[Number],
    list_numbers: Sequence[Span] = (),
    kinds: Kinds = _NO_KINDS,
) -> ReadOrder:
    """Pairs products with numbers and applies the corrections of the message.

    kinds: the option beside a name, which tells "large fries" from "regular fries"."""
    asked = wanted_products(words, products)
    pairs = pair_numbers(words, asked, numbers)
    pairs = with_left_over(words, asked, numbers, pairs)
    pairs = with_shares(words, pairs, asked, numbers)
    pairs = with_one_of_each(asked, pairs, list_numbers)
    given = set(pairs.values())
    free = [number for number in numbers if number not in given]
    lines = [OrderLine(product, pairs.get(product)) for product in asked]
    declined = [product for product in products if is_declined(words, product, products)]
    lines = correct_lines(words, lines, (*free, *declined), kinds)
    lines = with_new_numbers(words, lines, free)
    lines = without_taken_off(words, lines, declined)
    lines = multiply_per_person(words, [line for line in lines if _is_line(line, lines, kinds)])
    loose = [number for number in free if number.sure]
    return ReadOrder(lines, loose[-1] if loose and not lines else None)


def _is_line(line: OrderLine, lines: Sequence[OrderLine], kinds: Kinds) -> bool:
    """Whether a line counts: a weak name needs a number before it, and a product that is named
    again without a number is no second line."""
    if line.product.weak:
        return line.quantity is not None and line.quantity.last <= line.product.first
    if line.quantity is not None:
        return True
    same = [other for other in lines if is_same(other.product, line.product, kinds)]
    return line is same[0] and all(other.quantity is None for other in same)
