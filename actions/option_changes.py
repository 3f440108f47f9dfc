"""Changes by options that were said without a product: "remove the small one", "no olives"."""

from collections.abc import Sequence
from dataclasses import replace
from textwrap import shorten

from actions.line_options import Asked, ChoicesOf
from actions.said_options import Entity, find_chosen_option, said_without_product, with_spoken
from actions.turn import Turn
from shop.carts.change_phrases import number_change
from shop.carts.lines import RequestedLine
from shop.carts.mentions import is_refused
from shop.carts.notes import LONGEST, join_words
from shop.carts.option_changes import add_of_other_kind, change_named_lines, take_options_off
from shop.products.options import Options, has_options, join_options, read_choices


def lines_with_options(
    turn: Turn, lines: list[RequestedLine], asked: Asked | None = None
) -> list[RequestedLine]:
    """The lines after a message with options and without a product; empty if it has no options, or
    none that a line can have.

    asked: the line and group of the open question.
    """
    spoken = said_without_product(turn)
    if not (spoken and lines):
        return []
    choices = read_choices(turn.session, [line.product for line in lines])
    takes_off = number_change(turn.signs) == "remove"
    refused = [one for one in spoken if is_refused(turn.signs, one["start"], one["end"])]
    if refused and not takes_off:
        return without_refused(turn, choices, lines, spoken, asked, is_all=refused == spoken)
    if asked is None or takes_off:
        after = changed_by_options(turn, choices, lines, spoken)
        if after is not None:
            return after
    if turn.says("for_all") and (after := with_options_on_all(turn, choices, lines, spoken, asked)):
        return after
    if (after := with_wanted_on_named(turn, choices, lines, spoken)) is not None:
        return after
    counted = count_named_line(turn, choices, lines, spoken)
    return counted or with_options_on_line(turn, choices, lines, spoken, asked)


def changed_by_options(
    turn: Turn, choices: ChoicesOf, lines: Sequence[RequestedLine], spoken: Sequence[Entity]
) -> list[RequestedLine] | None:
    """The lines after a change that names them by their options: it removes, changes or adds some;
    None if the words say no such change."""
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
    """The lines with another number for the line that has these options: `make the large one 2`;
    empty if no number is said, or if no line has exactly these."""
    number = turn.entity("quantity")
    if not number:
        return []
    for at, line in enumerate(lines):
        same = next(iter(with_spoken(choices, line, spoken, turn)), None)
        if same and set(same.options) == set(line.options):
            return _replaced(lines, at, replace(line, quantity=int(number)))
    return []


def with_options_on_line(
    turn: Turn,
    choices: ChoicesOf,
    lines: list[RequestedLine],
    spoken: Sequence[Entity],
    asked: Asked | None,
) -> list[RequestedLine]:
    """The lines with these options on the one that is asked about, else on the last one that they
    change; empty if no line can have them."""
    order = _places(lines, asked)
    fitting = {at: new for at in order if (new := with_spoken(choices, lines[at], spoken, turn))}
    if not fitting:
        return []
    at = next(iter(fitting))
    if not (asked and asked.line == at):
        at = next((at for at, new in fitting.items() if new != [lines[at]]), at)
    return _replaced(lines, at, *fitting[at])


def with_options_on_all(
    turn: Turn,
    choices: ChoicesOf,
    lines: Sequence[RequestedLine],
    spoken: Sequence[Entity],
    asked: Asked | None,
) -> list[RequestedLine]:
    """ "medium for all": the lines with these options on each that can have them; to a question,
    not on those that have chosen. Nothing where several parts are counted, or none can have them.
    """
    if any("counted" in one for one in spoken):
        return []
    after: list[RequestedLine] = []
    for line in lines:
        own = options_said(turn, choices, line, spoken)
        of_line = choices.get(line.product, ())
        is_chosen = any(choice.of(own) and choice.of(line.options) for choice in of_line)
        skips = asked is not None and is_chosen
        after += [line] if skips else with_spoken(choices, line, spoken, turn) or [line]
    return after if after != [*lines] else []


def _places(lines: Sequence[RequestedLine], asked: Asked | None) -> list[int]:
    """The indexes of the lines in the order of search: the one asked about, then from the last."""
    places = list(range(len(lines)))
    return [asked.line, *places] if asked and asked.line in places else places[::-1]


def _replaced(lines: list[RequestedLine], at: int, *new: RequestedLine) -> list[RequestedLine]:
    return [*lines[:at], *new, *lines[at + 1 :]]


def options_said(
    turn: Turn, choices: ChoicesOf, line: RequestedLine, spoken: Sequence[Entity]
) -> Options:
    """The said options that the product of a line has."""
    found = (find_chosen_option(choices, line.product, one["value"], turn) for one in spoken)
    return tuple(one for one in found if one)


def needed_of(
    choices: ChoicesOf, lines: Sequence[RequestedLine], said: Sequence[Options]
) -> list[Options]:
    """Of the options said of each line, those that its product requires."""
    return [
        tuple(
            one
            for choice in choices.get(line.product, ())
            if choice.minimum
            for one in choice.of(options)
        )
        for line, options in zip(lines, said, strict=True)
    ]


def without_refused(
    turn: Turn,
    choices: ChoicesOf,
    lines: list[RequestedLine],
    spoken: Sequence[Entity],
    asked: Asked | None,
    *,
    is_all: bool,
) -> list[RequestedLine]:
    """The lines without the refused options: `no oat milk`; if no line has them, they become a
    note.

    is_all: whether the message only refuses something.
    """
    if is_all:
        said = [_chosen_options(turn, choices, line, spoken) for line in lines]
        needed = needed_of(choices, lines, said)
        # If the product requires it, the whole line is removed.
        said = [
            (*must, *(one for one in own if one not in must))
            for own, must in zip(said, needed, strict=True)
        ]
        changed = take_options_off(lines, said, needed, None)
        if changed is not None:
            return changed
    order = _places(lines, asked)
    at = next((at for at in order if with_spoken(choices, lines[at], spoken, turn)), None)
    if at is None:
        return []
    note = join_words(lines[at].note, shorten(turn.typed, LONGEST))
    return _replaced(lines, at, replace(lines[at], note=note))


def with_wanted_on_named(
    turn: Turn, choices: ChoicesOf, lines: Sequence[RequestedLine], spoken: Sequence[Entity]
) -> list[RequestedLine] | None:
    """The lines after some options name a line and others change it: `the small one large`; None if
    the words do not say that, or if there is no such line."""
    naming = [one for one in spoken if turn.signs.behind("of_kind", one["end"])]
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
    """The line with other options, if its options are the ones named."""
    new = _chosen_options(turn, choices, line, wanted)
    own = _chosen_options(turn, choices, line, naming)
    if not new or not own or not has_options(line.options, own):
        return line
    return replace(line, options=join_options(line.options, new))


def _chosen_options(
    turn: Turn, choices: ChoicesOf, line: RequestedLine, spoken: Sequence[Entity]
) -> Options:
    """These options as the line's product has them; empty if it lacks one of them."""
    found = [find_chosen_option(choices, line.product, one["value"], turn) for one in spoken]
    return tuple(one for one in found if one) if all(found) else ()
