"""Reads pieces that lack an option of the others: "one brownie warm and one not warm" are two."""

from collections.abc import Sequence
from typing import NamedTuple

from nlu.catalogue.option_names import OptionMention
from nlu.order.option_parts import PARTS, OptionPart, is_size
from nlu.order.order import OrderLine, ReadOrder
from nlu.quantities.numbers import Number
from nlu.words.small_words import phrases_of, word_set

REFUSES = frozenset(
    word
    for way in (*phrases_of("without"), *phrases_of("no"), *phrases_of("not_the"))
    for word in way
)
_PLAIN = word_set("plain_ones")
_SKIPPED = word_set("ones") | {""}
_LONGEST = 3  # words of "without it", "not warm please"


class PlainPieces(NamedTuple):
    """So many more pieces of a line, by its index, without the options that `many` have."""

    line: int
    more: int
    many: int
    mentions: tuple[OptionMention, ...]


def find_plain_pieces(
    words: Sequence[str],
    lines: Sequence[OrderLine],
    free: Sequence[Number],
    mentions: Sequence[OptionMention],
) -> list[PlainPieces]:
    """The plain pieces; only where all pieces of the line have the option that these lack.

    free: the numbers that count no product; mentions: the options without refused ones.
    """
    found = []
    for number in free:
        at = max((at for at, one in enumerate(lines) if one.last <= number.first), default=None)
        if at is None or not _says_plain(words, number, mentions):
            continue
        line = lines[at]
        begin = min(line.first, *(each.first for each in mentions)) if at == 0 else line.first
        own = [one for one in mentions if begin <= one.first and one.last <= number.first]
        own = [one for one in own if one.of(line.product.sku)]
        is_counted = any(
            line.last <= each.first < number.first for each in free if each is not number
        )
        many = line.quantity.value if line.quantity else None
        if is_counted or not own or not many:
            continue
        lacked = own[-1:] if _begins_with(words, number, REFUSES) else own
        lacked = [one for one in lacked if len(own) == 1 or not is_size(one)]
        found.append(PlainPieces(at, number.value or 0, many, tuple(lacked)))
    return found


def with_plain_pieces(order: ReadOrder, plain: Sequence[PlainPieces]) -> ReadOrder:
    """The order with the lines grown by the plain pieces."""
    lines = [*order.lines]
    for each in plain:
        if quantity := lines[each.line].quantity:
            grown = quantity._replace(value=(quantity.value or 0) + each.more)
            lines[each.line] = lines[each.line]._replace(quantity=grown)
    return order._replace(lines=lines)


def count_others(parts: Sequence[OptionPart], plain: Sequence[PlainPieces]) -> list[OptionPart]:
    """The parts, with the options that plain pieces lack counted for the pieces that have them."""
    counted = [*parts]
    for each in plain:
        lacked = each.mentions
        left = [
            part._replace(mentions=tuple(one for one in part.mentions if one not in lacked))
            for part in counted
        ]
        counted = [part for part in left if part.mentions]
        if lacked:
            number = Number(lacked[0].first, lacked[0].first, each.many)
            counted.append(OptionPart(lacked, number, nested=False, line=each.line))
    return sorted(counted, key=lambda part: part.mentions[0].first)


def _says_plain(words: Sequence[str], number: Number, mentions: Sequence[OptionMention]) -> bool:
    """Whether a number is followed by nothing but "plain", "without" or "not warm"."""
    if not number.value or not _begins_with(words, number, REFUSES | _PLAIN):
        return False
    if any(one.first == number.last for one in mentions):
        return False
    rest = words[number.last :]
    end = next((at for at, word in enumerate(rest) if word in PARTS), len(rest))
    return end <= _LONGEST


def _begins_with(words: Sequence[str], number: Number, said: frozenset[str]) -> bool:
    behind = [word for word in words[number.last :] if word not in _SKIPPED]
    return behind[:1] != [] and behind[0] in said
