"""Reads from a sentence how it changes the cart, product by product: `no coffee, 2 teas instead`.

nlu/said has read the words before: the input is products and signs with their positions.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from shop.carts.cart_changes import Change, Said, merge_changes
from shop.carts.lines import RequestedLine
from shop.carts.mentions import Mention, find_whole, is_refused, multiply_named
from shop.language.signs import END, Signs


@dataclass(frozen=True)
class _Around:
    """A mention, and where the words around it begin and end: at the mentions beside it."""

    one: Mention
    since: int
    until: int
    is_last: bool

    def is_joined_before(self, signs: Signs) -> bool:
        """Whether only joining words ("and") stand between it and the mention before."""
        return _only_joins(signs, self.since, self.one.start)

    def end_behind(self, signs: Signs) -> int:
        """Where the words after it end, without words that only join two products."""
        joins = not self.is_last and _only_joins(signs, self.one.end, self.until)
        return self.one.end if joins else self.until


def number_change(signs: Signs) -> Change:
    """The change that a number alone makes to the only line: `2 more`, `one less`, `make it 3`."""
    if signs.has("counts_down"):
        return "remove"
    return "add" if signs.has("counts_up") else "set"


def loose_number(signs: Signs, mentions: Sequence[Mention]) -> int | None:
    """The number that answers "how many" when a product is added, too: `2 and a samosa`."""
    found = signs.first("loose_number")
    return found.number if found and all(one.start >= found.end for one in mentions) else None


def read_changes(
    signs: Signs, before: Sequence[RequestedLine], mentions: Sequence[Mention]
) -> list[Said]:
    """The change for each product, in the order of the words."""
    if swapped := _part_exchanged(signs, before, mentions):
        return swapped
    said = merge_changes(_exchanged(signs, mentions) or _one_by_one(signs, mentions))
    vague = {one.product for one in mentions if signs.before("some_before", one.start)}
    vague -= {requested.product for requested in before}
    said = multiply_named(signs, before, mentions, _one_each(said, vague))
    asked = [one for one in said if one.change != "remove"]
    there = {requested.product: Said(requested.product, None, "remove") for requested in before}
    if asked and len(asked) == len(said) and signs.has("starts_over"):
        return [*there.values(), *asked]
    if asked and signs.has("only") and all(map(is_choice, asked)):
        kept = {one.product for one in asked}
        # In the order of the cart: a product without a number gets that of the first line.
        others = [gone for product, gone in there.items() if product not in kept]
        return others + [o for o in asked if o.product not in there]
    is_new = asked and there.keys().isdisjoint(one.product for one in said)
    adds = any(one.change == "add" for one in said)
    if is_new and len(there) == 1 and signs.has("instead") and not adds:
        return [*there.values(), *said]
    return said


def _part_exchanged(
    signs: Signs, before: Sequence[RequestedLine], mentions: Sequence[Mention]
) -> list[Said] | None:
    """ "make one of them tea": removes so many of what is there and adds as many teas."""
    part = signs.first("part")
    new = mentions[-1] if mentions else None
    if part is None or part.number is None or new is None or not new.asked:
        return None
    # "one of the teas without sugar": the product is the one that is counted, not a replacement.
    if new.end <= part.end:
        return None
    many = part.number
    is_there = any(w.product == new.product and (w.quantity or 0) > many for w in before)
    if is_there and new.note and not mentions[1:]:
        return None
    olds = [one.product for one in mentions[:-1]]
    lines = [w for w in before if w.product != new.product and (w.quantity or 0) >= many]
    lines = [w for w in lines if w.product in olds] if olds else lines
    if not lines or set(olds) - {lines[0].product}:
        return None
    old = max(lines, key=lambda requested: (requested.quantity or 0) > 1)
    return [
        Said(old.product, many, "remove"),
        Said(new.product, many, "instead", new.note, new.options),
    ]


def speaks_of_a_change(signs: Signs, said: Sequence[Said]) -> bool:
    """Whether the words ask for a change, whatever intent was found."""
    return signs.has("instead") or any(one.change == "remove" for one in said)


def is_choice(one: Said) -> bool:
    """Whether the message only names a product, which chooses it."""
    return one.quantity is None and one.change == "set"


def _one_each(said: Sequence[Said], vague: Collection[str]) -> list[Said]:
    """With several products, one without a number gets 1, unless it is "a few" (`vague`)."""
    several = sum(one.change == "set" for one in said) > 1
    return [_counted(one, vague, is_one=several) for one in said]


def _counted(one: Said, vague: Collection[str], *, is_one: bool) -> Said:
    """Sets a missing number to 1 if `is_one`; for "and a few samosas" the bot asks how many."""
    if one.quantity is None and one.product in vague:
        return replace(one, change="set") if one.change == "add" else one
    return replace(one, quantity=1) if is_one and is_choice(one) else one


def _exchanged(signs: Signs, mentions: Sequence[Mention]) -> list[Said] | None:
    """ "change coffee to tea", "coffee ko chai kar do": removes the first, adds the second."""
    try:
        old, new = mentions
    except ValueError:
        return None
    between = (old.end, new.start)
    swaps = signs.before("exchanges", old.start) and signs.fills("exchanged_for", *between)
    if not swaps and not signs.fills("into_behind", *between):
        return None
    part = old.quantity or (1 if signs.before("one_of", old.start) else None)
    return [
        Said(old.product, part, "remove", old.note, old.options),
        Said(new.product, new.quantity, "instead", new.note, new.options),
    ]


def _one_by_one(signs: Signs, mentions: Sequence[Mention]) -> list[Said]:
    """The change of each product by the words around it; joined products share their words."""
    said: list[Said] = []
    for at, around in enumerate(_words_around(mentions)):
        one = around.one
        change = _change(signs, around)
        last = mentions[at - 1] if at else None
        joined = last and one.asked == last.asked and around.is_joined_before(signs)
        # One product in several kinds: "add two coffees, one small, one large".
        is_same = last and one.start == last.start
        if said and (joined or is_same) and change == "set":
            change = said[-1].change
        many = one.quantity
        if relative := _number_beside(signs, around):
            change, many = relative[0], many or relative[1]
        whole = find_whole(signs, mentions[:at], one) if at == len(mentions) - 1 else None
        said = [
            replace(each, quantity=(whole.quantity or 0) - (many or 0))
            if whole and (each.product, each.quantity) == (whole.product, whole.quantity)
            else each
            for each in said
        ]
        if one.asked or change == "remove":
            said.append(Said(one.product, many, change, one.note, one.options))
    return said


def _words_around(mentions: Sequence[Mention]) -> list[_Around]:
    ends = [0, *(one.end for one in mentions)]
    starts = [*(one.start for one in mentions[1:]), END]
    last = len(mentions) - 1
    return [_Around(one, ends[at], starts[at], at == last) for at, one in enumerate(mentions)]


def _change(signs: Signs, around: _Around) -> Change:
    one, since, until = around.one, around.since, around.end_behind(signs)
    refused = is_refused(signs, one.start, one.end, since, until)
    fewer = signs.before("fewer_before", one.start, since)
    fewer = fewer or signs.behind("fewer_behind", one.end, until)
    if refused or (fewer and one.quantity):
        return "remove"
    # "and" before the first product adds to the cart; a later "and" only joins the sentence.
    is_joined = since > 0 and around.is_joined_before(signs)
    clause = signs.behind("clause", one.end)
    places = (
        (one.start if is_joined else since, one.start),
        (one.start, one.end),
        (one.end, min(until, clause.end) if clause else until),
    )
    return "add" if any(signs.has_between("added", *place) for place in places) else "set"


def _number_beside(signs: Signs, around: _Around) -> tuple[Change, int] | None:
    """The change by a number right before or after a product: `do aur samosa`."""
    one, until = around.one, around.end_behind(signs)
    if found := signs.before("adds_before", one.start, around.since):
        return "add", found.number or 0
    if found := signs.behind("takes_behind", one.end, until):
        return "remove", found.number or 0
    if found := signs.behind("adds_behind", one.end, until):
        return "add", found.number or 0
    return None


def _only_joins(signs: Signs, start: int, end: int) -> bool:
    """Whether there are only joining words, or none, between two places."""
    return end <= start or signs.fills("joins", start, end)
