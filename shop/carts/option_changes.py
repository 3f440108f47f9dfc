"""Applies options that were said without a product to the lines that can have them."""

from collections.abc import Sequence
from dataclasses import replace

from shop.carts.lines import RequestedLine, merge_lines
from shop.products.options import (
    Options,
    exclude_each_other,
    has_options,
    join_options,
    part_exchanged,
)

Lines = list[RequestedLine]
# For each line, those of the said options that its product has.
OfLines = Sequence[Options]


def take_options_off(
    lines: Sequence[RequestedLine], said: OfLines, needed: OfLines, many: int | None
) -> Lines | None:
    """ "remove the small one" removes lines, "remove the extra cheese" an option of them;
    None if no line has what was said.

    needed: the options of each line that its product requires, such as its size;
    many: how many things to remove, if that was said.
    """
    meant = [at for at, options in enumerate(said) if options and _has(lines[at], options)]
    if not meant:
        return None
    after: Lines = []
    left = many
    for at, line in enumerate(lines):
        if at not in meant:
            after.append(line)
        elif said[at][0] not in needed[at]:
            gone = tuple(one for one in said[at] if one not in needed[at])
            kept = tuple(one for one in line.options if not has_options(gone, (one,)))
            after.append(replace(line, options=kept))
        elif left is not None:
            there = line.quantity or 0
            after += [replace(line, quantity=there - left)] if there > left else []
            left = max(0, left - there)
    return merge_lines(after)


def change_named_lines(lines: Sequence[RequestedLine], said: OfLines) -> Lines | None:
    """ "make the small one large", "oat milk in the large one": the lines that have one of the said
    options get the others; None if no line has one."""
    after = list(lines)
    for options in dict.fromkeys(filter(None, said)):
        places = [at for at, one in enumerate(said) if one == options]
        named, new = find_lines_with_options([lines[at].options for at in places], options)
        for at in (places[one] for one in named):
            after[at] = replace(after[at], options=join_options(after[at].options, new))
    return None if after == list(lines) else merge_lines(after)


def add_of_other_kind(
    lines: Sequence[RequestedLine], said: OfLines, many: int, *, is_more: bool
) -> Lines | None:
    """ "and a small one", "one more large": adds so many of the last product that can have these
    options; None if the words are about things on the cart.

    is_more: whether the words say that more are wanted.
    """
    at = next((at for at in reversed(range(len(lines))) if said[at]), None)
    if at is None:
        return None
    product = lines[at].product
    mine = [one for one, line in enumerate(lines) if line.product == product]
    same = next((one for one in mine if _has(lines[one], said[at])), None)
    after = list(lines)
    if same is not None:
        if not is_more:
            return None
        after[same] = replace(after[same], quantity=(after[same].quantity or 0) + many)
        return after
    is_other = all(exclude_each_other(lines[one].options, said[at]) for one in mine)
    is_all = all((lines[one].quantity or 0) <= many for one in mine)
    if not is_more and not (is_other and is_all):
        return None
    return [*after, RequestedLine(product, many, "", said[at])]


def find_lines_with_options(lines: Sequence[Options], said: Options) -> tuple[list[int], Options]:
    """The lines of a product that have one of the said options, and the options that they get: in
    "make the small one large" the small ones, in "oat milk in the large one" the large ones."""
    old, new = part_exchanged(said)
    if old and not any(has_options(line, old) for line in lines):
        old, new = tuple(one for one in new if one.is_one), old  # "large instead of small"
    if old:
        return [at for at, line in enumerate(lines) if has_options(line, old)], new
    there = {(one.group, one.name) for line in lines for one in line}
    had = tuple(one for one in said if one.is_one and (one.group, one.name) in there)
    if had and len(had) < len(said):
        return [at for at, line in enumerate(lines) if has_options(line, had)], said
    fitting = [at for at, line in enumerate(lines) if not exclude_each_other(line, said)]
    if len(said) > 1 and len(fitting) < len(lines):
        return [at for at in fitting if not has_options(lines[at], said)], said
    return [], said


def _has(line: RequestedLine, options: Options) -> bool:
    return has_options(line.options, options)
