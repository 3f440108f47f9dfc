"""Options that were said without a product, as a change: "remove the small one", "no olives"."""

from collections.abc import Sequence
from dataclasses import replace
from textwrap import shorten

from actions.line_options import Asked, ChoicesOf
from actions.said_options import Entity, find_chosen, said_without_product, with_spoken
from actions.turn import Turn
from shop.carts.change_phrases import number_change
from shop.carts.lines import RequestedLine
from shop.carts.notes import LONGEST, join_words
from shop.carts.option_changes import add_of_other_kind, change_named_lines, take_options_off
from shop.products.options import Options, has_options, join_options, read_choices

# Behind all words of a message.
_FAR = 10**9


def lines_with_options(
    turn: Turn, lines: list[RequestedLine], asked: Asked | None = None
) -> list[RequestedLine]:
    """The lines after what a message without a product says of options; nothing where it says
    nothing, or nothing that a line can have.

    asked: of which line an option was asked for.
    """
    spoken = said_without_product(turn)
    if not (spoken and lines):
        return []
    choices = read_choices(turn.session, [line.product for line in lines])
    refused = refused_options(turn, spoken)
    if refused and number_change(turn.signs) != "remove":
        return without_refused(turn, choices, lines, spoken, asked)
    if asked is None or number_change(turn.signs) == "remove":
        after = changed_by_options(turn, choices, lines, spoken)
        if after is not None:
            return after
    if (after := with_wanted_on_named(turn, choices, lines, spoken)) is not None:
        return after
    counted = count_named_line(turn, choices, lines, spoken)
    return counted or with_options_on_line(turn, choices, lines, spoken, asked)


def changed_by_options(
    turn: Turn, choices: ChoicesOf, lines: Sequence[RequestedLine], spoken: Sequence[Entity]
) -> list[RequestedLine] | None:
    """The lines after a change that names them by their options: some go, some get others, or more
    come; None where the words say nothing of the kind."""
    said = [options_said(turn, choices, line, spoken) for line in lines]
    counted = {one["counted"]: one for one in spoken if "counted" in one}
    part = next(iter(counted.values()), None)
    if number_change(turn.signs) == "remove":
        few = turn.signs.first("fewer") or turn.signs.first("part")
        many = int(part["quantity"]) if part else None
        many = few.number if few and few.number else many
        return take_options_off(lines, said, needed_of(choices, lines, said), many)
    if not part:
        return change_named_lines(lines, said)
    more = turn.signs.first("more")
    is_more = bool(more) or (turn.says("makes_it") and not turn.says("is_made"))
    is_part = part["nested"] and not more
    is_change = is_part or turn.says("is_made") or turn.says("instead") or turn.says("part")
    if is_change or len(counted) > 1 or any("counted" not in one for one in spoken):
        return None
    many = (more.number if more else None) or int(part["quantity"])
    return add_of_other_kind(lines, said, many, is_more=is_more)


def count_named_line(
    turn: Turn, choices: ChoicesOf, lines: list[RequestedLine], spoken: Sequence[Entity]
) -> list[RequestedLine]:
    """The lines with another number for the one that its options name: `make the large one 2`;
    nothing where no number is said, or no line has just these."""
    number = turn.entity("quantity")
    if not number:
        return []
    for at, line in enumerate(lines):
        same = next(iter(with_spoken(choices, line, spoken, turn)), None)
        if same and set(same.options) == set(line.options):
            return [*lines[:at], replace(line, quantity=int(number)), *lines[at + 1 :]]
    return []


def with_options_on_line(
    turn: Turn,
    choices: ChoicesOf,
    lines: list[RequestedLine],
    spoken: Sequence[Entity],
    asked: Asked | None,
) -> list[RequestedLine]:
    """The lines with these options on the one that is asked about, else on the last of which they
    make something else; nothing where none can have them."""
    places = list(range(len(lines)))
    order = [asked.line, *places] if asked and asked.line in places else places[::-1]
    fitting = {at: new for at in order if (new := with_spoken(choices, lines[at], spoken, turn))}
    if not fitting:
        return []
    at = next(iter(fitting))
    if not (asked and asked.line == at):
        at = next((at for at, new in fitting.items() if new != [lines[at]]), at)
    return [*lines[:at], *fitting[at], *lines[at + 1 :]]


def options_said(
    turn: Turn, choices: ChoicesOf, line: RequestedLine, spoken: Sequence[Entity]
) -> Options:
    """The options that were said, as the product of a line has them."""
    found = (find_chosen(choices, line.product, one["value"], turn) for one in spoken)
    return tuple(one for one in found if one)


def needed_of(
    choices: ChoicesOf, lines: Sequence[RequestedLine], said: Sequence[Options]
) -> list[Options]:
    """Of what was said of each line, the options that its product does not come without."""
    return [
        tuple(
            one
            for choice in choices.get(line.product, ())
            if choice.minimum
            for one in choice.of(options)
        )
        for line, options in zip(lines, said, strict=True)
    ]


def refused_options(turn: Turn, spoken: Sequence[Entity]) -> list[Entity]:
    """The options that are not wanted: `no oat milk`, `medium wala hata do`."""
    return [
        one
        for one in spoken
        if turn.signs.before("refused_before", one["start"])
        or turn.signs.behind("refused_behind", one["end"], _FAR)
    ]


def without_refused(
    turn: Turn,
    choices: ChoicesOf,
    lines: list[RequestedLine],
    spoken: Sequence[Entity],
    asked: Asked | None,
) -> list[RequestedLine]:
    """The lines without the options that are refused; where none has them, a note says so."""
    refused = refused_options(turn, spoken)
    if len(refused) == len(spoken):
        changed = [_without(turn, choices, line, refused) for line in lines]
        if changed != [*lines]:
            return [line for line in changed if line]
    order = [asked.line, *range(len(lines))] if asked else range(len(lines))[::-1]
    at = next((at for at in order if with_spoken(choices, lines[at], spoken, turn)), None)
    if at is None:
        return []
    note = join_words(lines[at].note, shorten(turn.typed, LONGEST))
    return [*lines[:at], replace(lines[at], note=note), *lines[at + 1 :]]


def with_wanted_on_named(
    turn: Turn, choices: ChoicesOf, lines: Sequence[RequestedLine], spoken: Sequence[Entity]
) -> list[RequestedLine] | None:
    """The lines where some options name a line and others are wanted on it: `the small one large`;
    None where the words do not, or there is no such line."""
    naming = [one for one in spoken if turn.signs.behind("of_kind", one["end"], _FAR)]
    wanted = [one for one in spoken if one not in naming]
    if not (naming and wanted):
        return None
    changed = [_with_wanted(turn, choices, line, naming, wanted) for line in lines]
    return None if changed == [*lines] else changed


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
