"""Changing lines by their options: `remove extra cheese`, `the small one large`."""

from collections.abc import Sequence
from dataclasses import replace

from actions.line_options import ChoicesOf
from actions.said_options import Entity, find_chosen
from actions.turn import Turn
from shop.carts.lines import RequestedLine
from shop.products.options import Options, has_options, join_options

# Behind all words of a message.
_FAR = 10**9


def refused_options(turn: Turn, spoken: Sequence[Entity]) -> list[Entity]:
    """The options that are not wanted: `no oat milk`, `medium wala hata do`."""
    return [
        one
        for one in spoken
        if turn.signs.before("refused_before", one["start"])
        or turn.signs.behind("refused_behind", one["end"], _FAR)
    ]


def change_by_options(
    turn: Turn, choices: ChoicesOf, lines: Sequence[RequestedLine], spoken: Sequence[Entity]
) -> list[RequestedLine] | None:
    """The lines where options are taken off, or say which line is meant; None where they neither
    do, or there is no such line."""
    refused = refused_options(turn, spoken)
    naming = [one for one in spoken if turn.signs.behind("of_kind", one["end"], _FAR)]
    wanted = [one for one in spoken if one not in naming and one not in refused]
    changed: list[RequestedLine | None]
    if naming and wanted and not refused:
        changed = [_with_wanted(turn, choices, line, naming, wanted) for line in lines]
    elif refused and not wanted:
        changed = [_without(turn, choices, line, refused) for line in lines]
    else:
        return None
    return None if changed == [*lines] else [line for line in changed if line]


def _with_wanted(
    turn: Turn,
    choices: ChoicesOf,
    line: RequestedLine,
    naming: Sequence[Entity],
    wanted: Sequence[Entity],
) -> RequestedLine:
    """The line with other options, where it is the one that is named by what it has."""
    new = _chosen(turn, choices, line, wanted)
    own = _chosen(turn, choices, line, naming)
    if not new or not own or not has_options(line.options, own):
        return line
    return replace(line, options=join_options(line.options, new))


def _without(
    turn: Turn, choices: ChoicesOf, line: RequestedLine, refused: Sequence[Entity]
) -> RequestedLine | None:
    """The line without these options; None where a choice of them must be made: it goes."""
    own = _chosen(turn, choices, line, refused)
    if not own or not has_options(line.options, own):
        return line
    groups = {one.group for one in own}
    offered = choices.get(line.product, ())
    if any(choice.minimum > 0 for choice in offered if choice.name in groups):
        return None
    names = {(one.group, one.name) for one in own}
    left = tuple(one for one in line.options if (one.group, one.name) not in names)
    return replace(line, options=left)


def _chosen(
    turn: Turn, choices: ChoicesOf, line: RequestedLine, spoken: Sequence[Entity]
) -> Options:
    """These options as the line's product has them; none where it lacks one of them."""
    found = [find_chosen(choices, line.product, one["value"], turn) for one in spoken]
    return tuple(one for one in found if one) if all(found) else ()
