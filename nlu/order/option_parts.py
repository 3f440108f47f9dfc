"""Groups the options of a message into parts, each with the number that counts it."""

from collections.abc import Sequence
from typing import NamedTuple

from nlu.catalogue.option_names import OptionMention
from nlu.catalogue.option_words import every_size_word
from nlu.order.order import TIMES, OrderLine
from nlu.quantities.numbers import Number
from nlu.words.small_words import word_set

# Words between a number and its option: "one of them with oat milk".
_FARTHEST = 3
PARTS = word_set("parts")


class OptionPart(NamedTuple):
    """Options that belong together, and the number that counts them, if any.

    nested: words such as "of them" stand between number and option, so they are some of the
    earlier ones. adds: they are further pieces, as the "small x1" of "tea large x2, small x1".
    """

    mentions: tuple[OptionMention, ...]
    number: Number | None
    nested: bool
    adds: bool = False


def split_into_parts(
    words: Sequence[str],
    mentions: Sequence[OptionMention],
    free: Sequence[Number],
    lines: Sequence[OrderLine],
    numbers: Sequence[Number],
) -> list[OptionPart]:
    """Groups the mentions: options in a row are one part, and a number begins a new part.

    free: the numbers that count no product."""
    parts: list[OptionPart] = []
    for one in mentions:
        number = next((each for each in reversed(free) if each.last <= one.first), None)
        if number and any(number.first < line.product.last <= one.first for line in lines):
            number = None
        last = parts[-1] if parts else None
        is_first_behind = number and not (last and number.last <= last.mentions[-1].first)
        gap = words[number.last : one.first] if number else []
        if times := next((each for each in free if _is_times(words, one, each)), None):
            parts.append(OptionPart((one,), times, nested=False, adds=True))
        elif number and is_first_behind and len(gap) <= _FARTHEST and PARTS.isdisjoint(gap):
            parts.append(OptionPart((one,), number, bool(gap)))
        elif last and _belong_together(words, last.mentions[-1], one, lines, numbers):
            parts[-1] = last._replace(mentions=(*last.mentions, one))
        else:
            parts.append(OptionPart((one,), None, nested=False))
    return _with_named_again(parts)


def _with_named_again(parts: Sequence[OptionPart]) -> list[OptionPart]:
    """Joins parts that name a counted option again with that option's part: "one small one large,
    the small one with oat milk"."""
    placed: list[OptionPart] = []
    for part in parts:
        name = part.mentions[0]
        same = [at for at, one in enumerate(placed) if one.number and _begins_with(one, name)]
        if len(part.mentions) > 1 and same and part.number is None:
            own = placed[same[0]]
            placed[same[0]] = own._replace(mentions=own.mentions + part.mentions)
        else:
            placed.append(part)
    return placed


def _begins_with(part: OptionPart, name: OptionMention) -> bool:
    return part.mentions[0].options == name.options


def _is_times(words: Sequence[str], one: OptionMention, number: Number) -> bool:
    """Whether a number behind "x" counts a size, "small x1".

    In "margherita with extra cheese x2" it counts the product."""
    names = {word for option in one.options for word in option.name.casefold().split()}
    is_size = not every_size_word().isdisjoint(names)
    return is_size and number.first == one.last + 1 and words[one.last] in TIMES


def _belong_together(
    words: Sequence[str],
    one: OptionMention,
    other: OptionMention,
    lines: Sequence[OrderLine],
    numbers: Sequence[Number],
) -> bool:
    """Whether no product, number or separator stands between two options."""
    between = words[one.last : other.first]
    starts = [*(line.product.first for line in lines), *(number.first for number in numbers)]
    is_apart = any(one.last <= start < other.first for start in starts)
    return not is_apart and PARTS.isdisjoint(between)
