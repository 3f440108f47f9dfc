"""Numbers of lines that gave way to others, or grew, while an order was read."""

from collections.abc import Sequence

from nlu.order.corrections import is_taken_back
from nlu.order.order import OrderLine, ReadOrder
from nlu.order.pack_owners import ReadPacks
from nlu.quantities.numbers import Number

_FARTHEST = 3


def number_as_said(count: Number, numbers: Sequence[Number]) -> Number:
    """The number of a line without what was added to it, which is another line."""
    return next((one for one in numbers if one.first == count.first), count)


def is_recounted(words: Sequence[str], number: Number, line: OrderLine) -> bool:
    """Whether a number before a product gave way to another one: "2 large teas, no, make it 3"."""
    count = line.quantity
    if count is None or count.first < line.product.last or number.last > line.product.first:
        return False
    between = words[line.product.last : count.first]
    return len(words[number.last : line.product.first]) <= _FARTHEST and is_taken_back(between)


def find_free(words: Sequence[str], order: ReadOrder, numbers: Sequence[Number]) -> list[Number]:
    """The numbers that count no line."""
    used = {line.quantity.first for line in order.lines if line.quantity}
    free = [number for number in numbers if number.first not in used and (number.value or 0) > 0]
    return [one for one in free if not any(is_recounted(words, one, each) for each in order.lines)]


def with_pack_counts(order: ReadOrder, read: ReadPacks) -> ReadOrder:
    """The order with the packs of lines that have no number of their own (any more)."""
    lines = []
    for line in order.lines:
        pack = None if line.quantity else read.packs.get(line.product)
        is_counted = pack is not None and pack.many is not None
        lines.append(line._replace(quantity=Number(*pack[:3])) if pack and is_counted else line)
    return order._replace(lines=lines)
