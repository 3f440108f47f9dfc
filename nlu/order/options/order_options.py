"""Puts the options that a message names on the lines of its order: `2 large, 1 with oat milk`."""

from collections.abc import Sequence
from typing import NamedTuple

from nlu.catalogue.name_finder import Mention
from nlu.catalogue.option_names import OptionMention
from nlu.catalogue.option_words import every_size_word
from nlu.order.options.named_lines import with_lines_named_again, without_taken_back
from nlu.order.options.option_parts import (
    PARTS,
    OptionPart,
    line_of_part,
    options_for_line,
    split_into_parts,
)
from nlu.order.options.plain_pieces import (
    REFUSES,
    count_others,
    find_plain_pieces,
    with_plain_pieces,
)
from nlu.order.options.spread_options import spread_options
from nlu.order.order import OrderLine, ReadOrder
from nlu.order.recounts import find_free, number_as_said
from nlu.quantities.numbers import Number
from nlu.words.small_words import word_set
from nlu.words.vocabulary import load_vocabulary

_INSTEAD_OF, _FOR_ALL, _PUT_IN = map(word_set, ("instead_of", "for_all", "put_in"))
_FARTHEST = 3


class SaidOption(NamedTuple):
    """An option at the words `first` to `last` (exclusive).

    line: the index of its line, None if the message names no product.
    part: the counted part of the line that it belongs to, from 1; 0 for the whole line.
    many: how many pieces the part has.
    nested: whether these are some of the part before ("one of them with oat milk").
    """

    first: int
    last: int
    id: int
    line: int | None
    part: int = 0
    many: int = 0
    nested: bool = False


def place_options(
    words: Sequence[str],
    order: ReadOrder,
    numbers: Sequence[Number],
    mentions: Sequence[OptionMention],
    vague: Sequence[Mention] = (),
) -> tuple[ReadOrder, list[SaidOption]]:
    """The order with a line for each counted kind ("one small and one large tea"), and its options.

    vague: general names ("pizzas"); options beside one hold for all lines behind it."""
    if order.lines:  # Without a product, "no cheese" may remove an option from the cart.
        mentions = [one for one in mentions if not _is_refused(words, one)]
        mentions = without_taken_back(words, mentions)
    if not mentions:
        return order, []
    shared = [one for one in mentions if any(_is_beside(one, name) for name in vague)]
    shared += [one for one in mentions if one not in shared and _is_for_all(words, one)]
    if shared and len(order.lines) > 1:
        own = [one for one in mentions if one not in shared]
        order, placed = place_options(words, order, numbers, own)
        return order, [*placed, *_shared_options(words, shared, own, order.lines, placed)]
    return _place_own(words, _freed(order, mentions), numbers, mentions)


def _place_own(
    words: Sequence[str],
    order: ReadOrder,
    numbers: Sequence[Number],
    mentions: Sequence[OptionMention],
) -> tuple[ReadOrder, list[SaidOption]]:
    """The order with a line for each counted kind, and the options of each line."""
    free = find_free(words, order, numbers)
    plain = find_plain_pieces(words, order.lines, free, mentions)
    order = with_plain_pieces(order, plain)
    parts = count_others(_find_parts(words, order, free, numbers, mentions), plain)
    lines: list[OrderLine] = []
    said: list[SaidOption] = []
    for at, line in enumerate(order.lines):
        own = [part for part in parts if line_of_part(words, part, order.lines) == at]
        before = [part for part in own if _is_counted_before(part, order.lines, at)]
        behind = [part for part in own if part.adds and part not in before]
        parts = [part for part in parts if part not in before and part not in behind]
        said += _of_each(before, line, len(lines))
        lines += [OrderLine(line.product, part.number) for part in before]
        if behind and line.quantity:
            lines.append(line._replace(quantity=number_as_said(line.quantity, numbers)))
        else:
            lines.append(line)
        said += _of_line(words, parts, order.lines, at, len(lines) - 1)
        said += _of_each(behind, line, len(lines))
        lines += [OrderLine(line.product, part.number) for part in behind]
    if not order.lines:
        said = _without_line(parts)
    takes_number = said and not lines and _is_counted(parts, order.loose)
    return ReadOrder(lines, None if takes_number else order.loose), said


def _find_parts(
    words: Sequence[str],
    order: ReadOrder,
    free: Sequence[Number],
    numbers: Sequence[Number],
    mentions: Sequence[OptionMention],
) -> list[OptionPart]:
    """The options in parts: those of one cup together, with the number of such cups."""
    parts = split_into_parts(words, mentions, free, order.lines, numbers)
    parts = spread_options(words, parts, order.lines, free)
    line_of_each = [line_of_part(words, part, order.lines) for part in parts]
    return with_lines_named_again(words, parts, order.lines, line_of_each)


def _is_counted_before(part: OptionPart, lines: Sequence[OrderLine], at: int) -> bool:
    """Whether a part counts cups of its own in front of its line: the first in "1 large, 2 small
    teas"."""
    if not part.number or part.number.last > lines[at].first:
        return False
    taken = at > 0 and _takes(lines[at - 1], part)
    return not taken and bool(options_for_line(part, lines[at]))


def _of_each(parts: Sequence[OptionPart], line: OrderLine, first: int) -> list[SaidOption]:
    """The options of further lines of the same product, a line for each part from `first` on."""
    return [
        SaidOption(one.first, one.last, option_id, first + at)
        for at, part in enumerate(parts)
        for one, option_id in options_for_line(part, line)
    ]


def _is_for_all(words: Sequence[str], one: OptionMention) -> bool:
    """ "a small tea and a large coffee, both with oat milk", "... oat milk in both" """
    behind = words[one.last : one.last + 2]
    if behind[1:] and not (_PUT_IN.isdisjoint(behind) or _FOR_ALL.isdisjoint(behind)):
        return True
    before = words[max(0, one.first - _FARTHEST) : one.first]
    parted = [at for at, word in enumerate(before) if word in PARTS]
    return not _FOR_ALL.isdisjoint(before[parted[-1] + 1 :] if parted else before)


def _is_beside(one: OptionMention, name: Mention) -> bool:
    return name.first == one.last or name.last == one.first


def _shared_options(
    words: Sequence[str],
    shared: Sequence[OptionMention],
    own: Sequence[OptionMention],
    lines: Sequence[OrderLine],
    said: Sequence[SaidOption],
) -> list[SaidOption]:
    """The shared options for each line behind them: "2 medium pizzas, a margherita and a
    farmhouse". A shared size is left out where a line has its own."""
    names = every_size_word()
    sizes = {each.id for one in own for each in one.options if each.name.casefold() in names}
    sized = {one.line for one in said if one.id in sizes}
    return [
        SaidOption(one.first, one.last, option.id, at)
        for one in shared
        for at, line in enumerate(lines)
        if (one.last <= line.product.first or _is_for_all(words, one))
        and (option := one.of(line.product.sku))
        if at not in sized or option.name.casefold() not in names
    ]


def _of_line(
    words: Sequence[str],
    parts: Sequence[OptionPart],
    lines: Sequence[OrderLine],
    at: int,
    place: int,
) -> list[SaidOption]:
    """The options of the line at index `at`, whose index in the result is `place`."""
    said: list[SaidOption] = []
    counted = taken = 0
    for part in parts:
        if line_of_part(words, part, lines) != at:
            continue
        many = (part.number.value or 0) if part.number else 0
        if part.is_rest:
            whole = lines[at].quantity
            many = max(1, ((whole.value if whole else None) or 0) - taken)
        taken += 0 if part.nested and counted else many
        counted += part.is_counted
        number = counted if part.is_counted else 0
        said += [
            SaidOption(one.first, one.last, id_, place, number, many, part.nested)
            for one, id_ in options_for_line(part, lines[at])
        ]
    return said


def _without_line(parts: Sequence[OptionPart]) -> list[SaidOption]:
    """The options of a message that names no product."""
    said: list[SaidOption] = []
    counted = 0
    for part in parts:
        counted += part.is_counted
        many = (part.number.value or 0) if part.number else int(part.is_rest)
        said += [
            SaidOption(one.first, one.last, one.options[0].id, None,
                       counted if part.is_counted else 0, many, part.nested)
            for one in part.mentions
        ]  # fmt: skip
    return said


def _takes(line: OrderLine, part: OptionPart) -> bool:
    """Whether a counted part may be some of a line's pieces: `2 teas, one small`."""
    many = line.quantity.value if line.quantity else None
    enough = many is None or (part.number is not None and (part.number.value or 0) <= many)
    return enough and bool(options_for_line(part, line))


def _freed(order: ReadOrder, mentions: Sequence[OptionMention]) -> ReadOrder:
    """The order without quantities that count only one of several kinds: the first "one" of `tea
    one small one large`."""
    starts = {one.first for one in mentions}
    ends = {one.last for one in mentions}  # "large 1 small 2" counts the large ones
    lines = [
        line._replace(quantity=None)
        if line.quantity
        and line.product.last <= line.quantity.first
        and line.quantity.first not in ends
        and line.quantity.last in starts
        and sum(first > line.quantity.first for first in starts) > 1
        else line
        for line in order.lines
    ]
    return order._replace(lines=lines)


def _is_counted(parts: Sequence[OptionPart], loose: Number | None) -> bool:
    return any(part.number is not None and part.number == loose for part in parts)


def _is_refused(words: Sequence[str], one: OptionMention) -> bool:
    """ "without oat milk" chooses nothing; it stays a note. Nor does "instead of oat milk"."""
    instead, of = ("", "", *words[: one.first])[-2:]
    return of in REFUSES or (of in _INSTEAD_OF and instead in load_vocabulary().instead_of)
