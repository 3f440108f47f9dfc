"""Reads from a message which options its words name."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from actions.line_options import ChoicesOf
from actions.turn import Turn
from shop.carts.lines import RequestedLine
from shop.carts.option_parts import CountedOptions, split_by_options
from shop.products.options import ChosenOption, read_choices
from storage.models import Option

Entity = Mapping[str, Any]


def typed_options(turn: Turn) -> list[Entity]:
    """The options that were typed."""
    if turn.is_tap:
        return []
    entities = turn.tracker.latest_message.get("entities", [])
    return [one for one in entities if one["entity"] == "option"]


def said_without_product(turn: Turn) -> list[Entity]:
    """The options of a message that names no product."""
    return [one for one in typed_options(turn) if not one.get("group")]


def without_said_options(turn: Turn) -> str:
    """The typed words with blanks in place of options, so that these are not read as notes."""
    words = turn.typed
    for one in typed_options(turn):
        words = words[: one["start"]] + " " * (one["end"] - one["start"]) + words[one["end"] :]
    return words


def with_said_options(
    turn: Turn, asked: RequestedLine, entities: Sequence[Entity]
) -> list[RequestedLine]:
    """The line with the options of its entities; several lines if parts were counted."""
    spoken = [one for one in entities if one["entity"] == "option"] if not turn.is_tap else []
    if not spoken:
        return [asked]
    choices = read_choices(turn.session, [asked.product])
    return with_spoken(choices, asked, spoken, turn) or [asked]


def with_spoken(
    choices: ChoicesOf, line: RequestedLine, spoken: Iterable[Entity], turn: Turn
) -> list[RequestedLine]:
    """The line with these options; empty if it can have none of them."""
    whole: list[ChosenOption] = []
    parts: defaultdict[int, list[ChosenOption]] = defaultdict(list)
    counted: dict[int, Entity] = {}
    for one in spoken:
        option = find_chosen_option(choices, line.product, one["value"], turn)
        if option and "counted" in one:
            parts[one["counted"]].append(option)
            counted[one["counted"]] = one
        elif option:
            whole.append(option)
    if not (whole or parts):
        return []
    return split_by_options(
        line,
        tuple(whole),
        [
            CountedOptions(counted[at]["quantity"], tuple(own), bool(counted[at]["nested"]))
            for at, own in sorted(parts.items())
        ],
    )


def find_chosen_option(
    choices: ChoicesOf, product: str, option_id: int, turn: Turn
) -> ChosenOption | None:
    """The option of a product; an id of another product's option counts by its name.

    Finds sold-out options, too: the cart reports them (Cart.vanished).
    """
    offered = [(choice, each) for choice in choices.get(product, ()) for each in choice.options]
    offered.sort(key=lambda one: not one[1].is_available)
    for choice, each in offered:
        if each.id == option_id:
            return choice.chosen(each)
    known = turn.session.get(Option, option_id)
    names = {name.casefold() for name in (known.name, *known.aliases)} if known else set()
    return next(
        (
            choice.chosen(each)
            for choice, each in offered
            if names & {name.casefold() for name in (each.name, *each.aliases)}
        ),
        None,
    )
