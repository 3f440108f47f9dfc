"""How a sentence wants to change the cart, product by product: `no coffee, 2 teas instead`."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from shop.orders.amounts import beside_product
from shop.orders.cart_changes import Change, Said, merge_changes
from shop.orders.lines import RequestedLine
from shop.orders.parts import part_said

# Words of the languages served, Hindi in both scripts.
_THE = r"(?:(?:the|that|any|my|all|of)\s+)*"
_REFUSED_BEFORE = re.compile(
    r"(?:\b(?:remove|delete|drop|skip|scratch|scrap|forget|nix|lose|omit|ditch"
    r"|leave(?: out)?|never ?mind|chh?odo|cancel|without|not|no(?!\s*[,.!\d])|bina"
    r"|take (?:off|out|away)|no need (?:of|for)|instead of|rather than|hata\s?o|hatado|nikalo"
    r"|(?:don['’]?t|do not|dont) (?:want|need|send|add|give(?: me)?))|हटाओ|निकालो|बिना)\s+"
    + _THE
    + "$",
    re.I,
)
_REFUSED_BEHIND = re.compile(
    r"^\s*(?:ko\s+)?(?:(?:nahi|nahin|nhi|mat|cancel|remove|off|out|rehne|chh?od\w*|ki jagah"
    r"|ke badle|hata\w*|nikal\w*)\b|नहीं|मत|हटा|निकाल|रहने|छोड़|की जगह|के बदले)",
    re.I,
)
# Without a number these say only that it shall be another one.
_FEWER_BEFORE = re.compile(r"\b(?:less|minus|cut)\s+$", re.I)
_FEWER_BEHIND = re.compile(r"^\s*(?:(?:less|fewer|kam)\b|कम)", re.I)
_ADDED = re.compile(
    r"\b(add|also|plus|extra|more|another|too|as well|and|bhi|aur|jod\w*|daal\w*|dal(?:o|do|na))\b"
    r"|और|भी|जोड़|डाल",
    re.I,
)
# Between two products these only join them.
_JOINS = re.compile(r"^(?:[\s,;&+/]|\b(?:and|n|or|nor|plus|aur|ya|a|an|the)\b|और|या)*$", re.I)
_EXCHANGES = re.compile(r"\b(change|swap|replace|switch|exchange)\b(?!.*\bto\b)", re.I)
_EXCHANGED_FOR = re.compile(r"^\s*(?:to|with|for|by|into)\s+(?:(?:an?|the|some)\s+)?$", re.I)
_INTO_BEHIND = re.compile(r"^\s*(?:ko|को)\s+$", re.I)
_ONE_OF = re.compile(r"\b(?:one|ek|an?)(?: of)?(?: the)?\s+$", re.I)
_INSTEAD = re.compile(
    r"\b(instead|rather|meant|actually|make (?:it|that)|change (?:it |that )?to|switch to|badle)\b"
    r"|^(?:no|nahi|nahin|नहीं)\s*[,.!]",
    re.I,
)
_ONLY = re.compile(r"\b(only|just|sirf|bas|everything (?:except|but))\b|सिर्फ|बस|केवल", re.I)
_STARTS_OVER = re.compile(
    r"\b(?:cancel|forget|scrap)\s+(?:and\b|,|(?:(?:my|the|this|that)\s+)?"
    r"(?:order|it|that|this|everything|all)\b)|\b(?:cancel|radd) (?:karo|kar ke|karke)\b",
    re.I,
)
_MORE = re.compile(r"\b(more|extra|another|aur|zyada)\b|और|ज़्यादा|ज्यादा", re.I)
_LESS = re.compile(
    r"\b(less|fewer|kam|remove|delete|drop|minus|take (?:off|away|out)|hata\w*)\b|कम|हटा", re.I
)
_LOOSE = re.compile(r"^\s*(\d{1,3})\s*(?:,|&|\+|\band\b|\baur\b|\bplus\b|और)", re.I)

_WHERE_OR_WHEN = re.compile(
    r"\b(?:add?r?r?ess?e?s?|pata|landmark|pin ?codes?|zip ?code"
    r"|(?:house|flat|street|door) (?:no|number|name)"
    r"|(?:phone|mobile|contact) (?:no|number)|re-?schedule|postpone|(?:delivery|time) slot"
    r"|deliver\w* (?:ki )?(?:date|day|time))\b|(?:^|\s)पता(?=\s|$)|एड्रेस|पिन ?कोड|तारीख",
    re.I,
)


@dataclass(frozen=True)
class Mention:
    """A product in the customer's words, with its number, from place to place.

    asked: whether the reading counts it to the order; one that it set aside may be refused;
    note: how it is to be made.
    """

    product: str
    start: int
    end: int
    quantity: int | None = None
    asked: bool = True
    note: str = ""


def find_mentions(text: str, names: Iterable[str]) -> tuple[int, int] | None:
    """Where one of these names of a product stands in the text; short ones mean too much else."""
    known = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True) if name[2:])
    found = known and re.search(rf"(?<!\w)(?:{known})(?:s|es)?(?!\w)", text, re.I)
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
    return [Said(old.product, part, "remove"), Said(new.product, part, "instead", new.note)]


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
        Said(old.product, part, "remove", old.note),
        Said(new.product, new.quantity, "instead", new.note),
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
        if joined and change == "set":
            change = said[-1].change
        many = one.quantity
        if relative := beside_product(before, behind):
            change, many = relative[0], many or relative[1]
        if one.asked or change == "remove":
            said.append(Said(one.product, many, change, one.note))
    return said


def _change(text: str, one: Mention, before: str, behind: str) -> Change:
    fewer = _FEWER_BEFORE.search(before) or _FEWER_BEHIND.match(behind)
    if _REFUSED_BEFORE.search(before) or _REFUSED_BEHIND.match(behind) or (fewer and one.quantity):
        return "remove"
    # "and" before the first product adds it to the cart; later ones only to the sentence.
    is_joined = _JOINS.match(before) and len(before) < one.start
    behind = re.split(r"[,.;]|\band\b", behind, maxsplit=1, flags=re.I)[0]
    words = ("" if is_joined else before, text[one.start : one.end], behind)
    return "add" if any(map(_ADDED.search, words)) else "set"
