"""The lines of an order: what is ordered, and how many of each."""

from collections.abc import Sequence

from nlu.corrections import corrected, without_taken_off
from nlu.left_over import with_left_over
from nlu.name_finder import Mention
from nlu.new_numbers import with_new_numbers
from nlu.numbered_lists import Span, with_one_of_each
from nlu.numbers import Number
from nlu.order import Line, Order
from nlu.pairing import pair
from nlu.shared_out import shared_out
from nlu.shares import with_shares
from nlu.wanted import is_declined, wanted


def read_order(
    words: Sequence[str],
    products: Sequence[Mention],
    numbers: Sequence[Number],
    list_numbers: Sequence[Span] = (),
) -> Order:
    """Puts products and the numbers that may count them together."""
    asked = wanted(words, products)
    pairs = pair(words, asked, numbers)
    pairs = with_left_over(words, asked, numbers, pairs)
    pairs = with_shares(words, pairs, asked, numbers)
    pairs = with_one_of_each(asked, pairs, list_numbers)
    given = set(pairs.values())
    free = [number for number in numbers if number not in given]
    lines = [Line(product, pairs.get(product)) for product in asked]
    declined = [product for product in products if is_declined(words, product, products)]
    lines = corrected(words, lines, (*free, *declined))
    lines = with_new_numbers(words, lines, free)
    lines = without_taken_off(words, lines, declined)
    lines = shared_out(words, [line for line in lines if _is_line(line, lines)])
    loose = [number for number in free if number.sure]
    return Order(lines, loose[-1] if loose and not lines else None)


def _is_line(line: Line, lines: Sequence[Line]) -> bool:
    """A weak name needs a number before it; a product that is named again is no second line."""
    if line.product.weak:
        return line.quantity is not None and line.quantity.last <= line.product.first
    if line.quantity is not None:
        return True
    same = [other for other in lines if other.product.sku == line.product.sku]
    return line is same[0] and all(other.quantity is None for other in same)
