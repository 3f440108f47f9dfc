"""How a sentence wants to change the cart, product by product: `no coffee, 2 teas instead`."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from shop.carts.amounts import beside_product
from shop.carts.cart_changes import Change, Said, merge_changes
from shop.carts.lines import RequestedLine
from shop.carts.parts import part_said
from shop.language.word_files import read_patterns, read_ways
from shop.products.options import Options

# shop/language/words/*/cart_changes.yml says them in each language.
_SAID = read_patterns("cart_changes")
_REFUSED_BEFORE = _SAID["refused_before"]
_REFUSED_BEHIND = _SAID["refused_behind"]
_FEWER_BEFORE = _SAID["fewer_before"]
_FEWER_BEHIND = _SAID["fewer_behind"]
_ADDED = _SAID["added"]
_JOINS = _SAID["joins"]
_EXCHANGES = _SAID["exchanges"]
_EXCHANGED_FOR = _SAID["exchanged_for"]
_INTO_BEHIND = _SAID["into_behind"]
_ONE_OF = _SAID["one_of"]
_INSTEAD = _SAID["instead"]
_ONLY = _SAID["only"]
_STARTS_OVER = _SAID["starts_over"]
_MORE = _SAID["more"]
_LESS = _SAID["less"]
_LOOSE = _SAID["loose"]
_WHERE_OR_WHEN = _SAID["where_or_when"]
_CLAUSE_ENDS = _SAID["clause_ends"]
_PLURAL = "|".join(read_ways("cart_changes")["plural"])


@dataclass(frozen=True)
class Mention:
    """A product in the customer's words, with its number, from place to place.

    asked: whether the reading counts it to the order; one that it set aside may be refused;
    note: how it is to be made; options: its size and extras.
    """

    product: str
    start: int
    end: int
    quantity: int | None = None
    asked: bool = True
    note: str = ""
    options: Options = ()


def find_mentions(text: str, names: Iterable[str]) -> tuple[int, int] | None:
    """Where one of these names of a product stands in the text; short ones mean too much else."""
    known = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True) if name[2:])
    found = known and re.search(rf"(?<!\w)(?:{known})(?:{_PLURAL})?(?!\w)", text, re.I)
    return found.span() if found else None


def number_change(text: str) -> Change:
    """What a number alone does to the one line: `2 more`, `one less`, `make it 3`."""
    if _LESS.search(text):
        return "remove"
    return "add" if _MORE.search(text) else "set"


def loose_number(text: str, mentions: Sequence[Mention]) -> int | None:
    """The number that answers "how many" beside what is added: `2 and a samosa`."""
    found = _LOOSE.match(text)
    return int(found[1]) if found and all(one.start >= found.end(1) for one in mentions) else None


def read_changes(
    text: str, before: Sequence[RequestedLine], mentions: Sequence[Mention]
) -> list[Said]:
    """What is said of each product, in the order of the words."""
    if swapped := _part_exchanged(text, before, mentions):
        return swapped
    said = _one_each(merge_changes(_exchanged(text, mentions) or _one_by_one(text, mentions)))
    asked = [one for one in said if one.change != "remove"]
    there = {requested.product: Said(requested.product, None, "remove") for requested in before}
    if asked and len(asked) == len(said) and _STARTS_OVER.search(text):
        return [*there.values(), *asked]
    if asked and _ONLY.search(text) and all(map(is_choice, asked)):
        others = there.keys() - {one.product for one in asked}
        return [there[other] for other in others] + [o for o in asked if o.product not in there]
    is_new = asked and there.keys().isdisjoint(one.product for one in said)
    adds = any(one.change == "add" for one in said)
    if is_new and len(there) == 1 and _INSTEAD.search(text) and not adds:
        return [*there.values(), *said]
    return said


def _part_exchanged(
    text: str, before: Sequence[RequestedLine], mentions: Sequence[Mention]
) -> list[Said] | None:
    """ "make one of them tea": so many of what is there go, and as many of the other come."""
    part = part_said(text)
    new = mentions[-1] if mentions else None
    if part is None or new is None or not new.asked:
        return None
    olds = [one.product for one in mentions[:-1]]
    lines = [w for w in before if w.product != new.product and (w.quantity or 0) >= part]
    lines = [w for w in lines if w.product in olds] if olds else lines
    if not lines or set(olds) - {lines[0].product}:
        return None
    old = max(lines, key=lambda requested: (requested.quantity or 0) > 1)
    return [
        Said(old.product, part, "remove"),
        Said(new.product, part, "instead", new.note, new.options),
    ]


def speaks_of_a_change(text: str, said: Sequence[Said]) -> bool:
    """Whether the words themselves ask for a change, whatever they were taken for."""
    return bool(_INSTEAD.search(text)) or any(one.change == "remove" for one in said)


def is_where_or_when(text: str) -> bool:
    """Whether a wish to change an order is about its delivery, which only people can change."""
    return bool(_WHERE_OR_WHEN.search(text))


def is_choice(one: Said) -> bool:
    """Whether a product is named and no more: it is chosen."""
    return one.quantity is None and one.change == "set"


def _one_each(said: Sequence[Said]) -> list[Said]:
    """Among several that are set, one without a number is one."""
    several = sum(one.change == "set" for one in said) > 1
    return [replace(one, quantity=1) if several and is_choice(one) else one for one in said]


def _exchanged(text: str, mentions: Sequence[Mention]) -> list[Said] | None:
    """ "change coffee to tea", "coffee ko chai kar do": the first goes, the second comes."""
    try:
        old, new = mentions
    except ValueError:
        return None
    first, between = text[: old.start], text[old.end : new.start]
    swaps = _EXCHANGES.search(first) and _EXCHANGED_FOR.match(between)
    if not swaps and not _INTO_BEHIND.match(between):
        return None
    part = old.quantity or (1 if _ONE_OF.search(first) else None)
    return [
        Said(old.product, part, "remove", old.note, old.options),
        Said(new.product, new.quantity, "instead", new.note, new.options),
    ]


def _one_by_one(text: str, mentions: Sequence[Mention]) -> list[Said]:
    """Each product by the words around it; those that are only joined share them."""
    said: list[Said] = []
    ends = [0, *(one.end for one in mentions)]
    starts = [*(one.start for one in mentions[1:]), len(text)]
    for at, one in enumerate(mentions):
        before, behind = text[ends[at] : one.start], text[one.end : starts[at]]
        # What only joins two products says nothing of either.
        behind = "" if at + 1 < len(mentions) and _JOINS.match(behind) else behind
        change = _change(text, one, before, behind)
        joined = at > 0 and one.asked == mentions[at - 1].asked and _JOINS.match(before)
        # Several kinds of what is named once: "add two coffees, one small, one large".
        is_same = at > 0 and one.start == mentions[at - 1].start
        if said and (joined or is_same) and change == "set":
            change = said[-1].change
        many = one.quantity
        if relative := beside_product(before, behind):
            change, many = relative[0], many or relative[1]
        if one.asked or change == "remove":
            said.append(Said(one.product, many, change, one.note, one.options))
    return said


def _change(text: str, one: Mention, before: str, behind: str) -> Change:
    fewer = _FEWER_BEFORE.search(before) or _FEWER_BEHIND.match(behind)
    if _REFUSED_BEFORE.search(before) or _REFUSED_BEHIND.match(behind) or (fewer and one.quantity):
        return "remove"
    # "and" before the first product adds it to the cart; later ones only to the sentence.
    is_joined = _JOINS.match(before) and len(before) < one.start
    behind = _CLAUSE_ENDS.split(behind, maxsplit=1)[0]
    words = ("" if is_joined else before, text[one.start : one.end], behind)
    return "add" if any(map(_ADDED.search, words)) else "set"
