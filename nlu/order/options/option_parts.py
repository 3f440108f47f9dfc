"""Groups the options of a message into parts, each with the number that counts it."""

from collections.abc import Sequence
from typing import NamedTuple

from nlu.catalogue.option_names import OptionMention
from nlu.catalogue.option_words import every_size_word
from nlu.order.order import TIMES, OrderLine
from nlu.quantities.numbers import Number
from nlu.words.small_words import word_set
from nlu.words.vocabulary import load_vocabulary

# Words between a number and its option: "one of them with oat milk".
_FARTHEST = 3
PARTS = word_set("parts")
_JOINS, _WITH, _OTHERS = word_set("joins"), word_set("with"), word_set("others")
_EACH, _EACH_WITHIN = load_vocabulary().each, 2
_DESCRIBES = word_set("describes_product")
_PUT_IN, _FOR_ALL = word_set("put_in"), word_set("for_all")


class OptionPart(NamedTuple):
    """Options that belong together, and the number that counts them, if any.

    adds: they are more of the product, as the "small x1" of "tea large x2, small x1"; is_rest: they
    are of what no number before counts, as in "one with oat milk, the other with soy milk"; line:
    the place of the line that they name by an option that it has.
    """

    mentions: tuple[OptionMention, ...]
    number: Number | None
    nested: bool
    adds: bool = False
    is_rest: bool = False
    line: int | None = None

    @property
    def is_counted(self) -> bool:
        """Whether these are some of a line's."""
        return self.number is not None or self.is_rest


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
        number = _number_before(words, one, free, lines)
        last = parts[-1] if parts else None
        is_first_behind = number and not (last and number.last <= last.mentions[-1].first)
        gap = words[number.last : one.first] if number else []
        counts = (
            each
            for each in free
            if _is_times(words, one, each) or _is_listed(words, one, each, mentions, lines)
        )
        if times := next(counts, None):
            parts.append(OptionPart((one,), times, nested=False, adds=True))
        elif number and is_first_behind and len(gap) <= _FARTHEST and PARTS.isdisjoint(gap):
            is_more = not gap and is_size(one) and _is_of_other_size(one, mentions, lines)
            parts.append(OptionPart((one,), number, bool(gap), adds=is_more))
        elif behind := next((each for each in free if _is_put_in(words, one, each)), None):
            parts.append(OptionPart((one,), behind, nested=True))
        elif last and last.is_counted and _is_put_in_others(words, one):
            parts.append(OptionPart((one,), None, nested=False, is_rest=True))
        elif last and _belong_together(words, last, one, lines, numbers):
            parts[-1] = last._replace(mentions=(*last.mentions, one))
        elif last and _is_of_others(words[last.mentions[-1].last : one.first]):
            parts.append(OptionPart((one,), None, nested=False, is_rest=last.is_counted))
        else:
            parts.append(OptionPart((one,), None, nested=False))
    return _with_named_again(parts)


def _number_before(
    words: Sequence[str],
    one: OptionMention,
    free: Sequence[Number],
    lines: Sequence[OrderLine],
) -> Number | None:
    """The number that may count a mention's part: no product lies between, and the option is not
    for every piece, as in "one extra shot in each"."""
    number = next((each for each in reversed(free) if each.last <= one.first), None)
    if number is None or not _EACH.isdisjoint(words[one.last : one.last + _EACH_WITHIN]):
        return None
    is_of_line = any(number.first < line.product.last <= one.first for line in lines)
    return None if is_of_line else number


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


def _is_of_other_size(
    one: OptionMention, mentions: Sequence[OptionMention], lines: Sequence[OrderLine]
) -> bool:
    """Whether a line before has a size of its own, so that "1 medium" behind "1 large tea" is one
    more."""
    before = [line for line in lines if line.last <= one.first][-1:]
    return any(
        is_size(size) and line.first - 1 <= size.first <= line.last and size.options != one.options
        for line in before
        for size in mentions
    )


def _is_put_in(words: Sequence[str], one: OptionMention, number: Number) -> bool:
    """ "oat milk in one" """
    return number.first == one.last + 1 and words[one.last] in _PUT_IN


def _is_of_others(between: Sequence[str]) -> bool:
    """ "the other with", but not "the other, both" """
    return not _OTHERS.isdisjoint(between) and _FOR_ALL.isdisjoint(between)


def _is_put_in_others(words: Sequence[str], one: OptionMention) -> bool:
    """ "oat milk in the other" """
    behind = words[one.last : one.last + _FARTHEST]
    return bool(behind) and behind[0] in _PUT_IN and not _OTHERS.isdisjoint(behind)


def _is_times(words: Sequence[str], one: OptionMention, number: Number) -> bool:
    """Whether a number behind "x" counts a size, "small x1".

    In "margherita with extra cheese x2" it counts the product."""
    names = {word for option in one.options for word in option.name.casefold().split()}
    is_size = not every_size_word().isdisjoint(names)
    return is_size and number.first == one.last + 1 and words[one.last] in TIMES


def _end_of(words: Sequence[str], one: OptionMention) -> int:
    """The end of an option with the "wali" behind it."""
    return one.last + (words[one.last : one.last + 1] != [] and words[one.last] in _DESCRIBES)


def _is_listed(
    words: Sequence[str],
    one: OptionMention,
    number: Number,
    mentions: Sequence[OptionMention],
    lines: Sequence[OrderLine],
) -> bool:
    """The "regular 1" of "fries large 2, regular 1", the "half 3" of "chai full 2 half 3"."""
    alike = [each for each in mentions if each != one and each.is_alternative(one)]
    alike += [each for each in mentions if each != one and is_size(each) and is_size(one)]
    ends = {_end_of(words, each) for each in alike}
    is_behind = number.first == _end_of(words, one) and number.sure
    return is_behind and any(line.quantity and line.quantity.first in ends for line in lines)


def _belong_together(
    words: Sequence[str],
    part: OptionPart,
    other: OptionMention,
    lines: Sequence[OrderLine],
    numbers: Sequence[Number],
) -> bool:
    """Whether no product or number, and nothing that parts things, stands between a part and an
    option; what "and" joins to a counted part is its own: "one with olives and jalapenos"."""
    one = part.mentions[-1]
    between = words[one.last : other.first]
    starts = [*(line.product.first for line in lines), *(number.first for number in numbers)]
    if any(one.last <= start < other.first for start in starts):
        return False
    if PARTS.isdisjoint(between):
        return _OTHERS.isdisjoint(between) and _FOR_ALL.isdisjoint(between)
    firsts = (each.first for each in part.mentions)
    is_list = any(not _WITH.isdisjoint(words[max(0, at - 1) : at + 1]) for at in firsts)
    joins = _JOINS if is_list else _JOINS - {","}
    is_joined = part.is_counted and len(between) == 1 and between[0] in joins
    return is_joined and not (is_size(other) and any(map(is_size, part.mentions)))


def is_size(one: OptionMention) -> bool:
    """Whether an option is called by nothing but a word for a size."""
    return any(option.name.casefold() in every_size_word() for option in one.options)


def line_of_part(words: Sequence[str], part: OptionPart, lines: Sequence[OrderLine]) -> int | None:
    """The index of the line that a part belongs to: the one around it, else one beside it."""
    if part.line is not None:
        return part.line
    first, last = part.mentions[0].first, part.mentions[-1].last
    for at, line in enumerate(lines):
        if line.first <= first < line.last:
            return at
    before = [at for at, line in enumerate(lines) if line.last <= first]
    behind = [at for at, line in enumerate(lines) if last <= line.first]
    ordered = [*before[-1:], *behind[:1]]
    if before and behind:
        is_parted = not PARTS.isdisjoint(words[lines[before[-1]].last : first])
        joins_next = PARTS.isdisjoint(words[last : lines[behind[0]].first])
        if is_parted and joins_next and part.number is None:
            ordered.reverse()
    return next((at for at in ordered if options_for_line(part, lines[at])), None)


def options_for_line(part: OptionPart, line: OrderLine) -> list[tuple[OptionMention, int]]:
    """The mentions of a part that are options of the line's product, with the options' ids."""
    found = [(one, one.of(line.product.sku)) for one in part.mentions]
    return [(one, option.id) for one, option in found if option]
