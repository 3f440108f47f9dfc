"""Products in a message with their positions, and the meaning of their numbers: a multiple of what
is on the cart, or a part of what was named before."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from shop.carts.cart_changes import Said
from shop.carts.lines import RequestedLine
from shop.language.signs import END, SignName, Signs
from shop.products.options import Options


@dataclass(frozen=True)
class Mention:
    """A product in the customer's words: its number, and where it begins and ends.

    asked: whether nlu/said counts it as ordered; one that it does not may be refused;
    note: how it is to be made; options: its size and extras.
    """

    product: str
    start: int
    end: int
    quantity: int | None = None
    asked: bool = True
    note: str = ""
    options: Options = ()


def multiply_named(
    signs: Signs,
    before: Sequence[RequestedLine],
    mentions: Sequence[Mention],
    said: Sequence[Said],
) -> list[Said]:
    """The mentions, with numbers for what is doubled or halved: "double the samosas"."""
    after: dict[str, int] = {}
    for one in mentions:
        there = sum(line.quantity or 0 for line in before if line.product == one.product)
        if _is_beside(signs, "twice_of", one):
            after[one.product] = 2 * there
        elif _is_beside(signs, "half_of", one) and there % 2 == 0:
            after[one.product] = there // 2
    return [
        replace(one, quantity=after[one.product], change="set") if after.get(one.product) else one
        for one in said
    ]


def _is_beside(signs: Signs, name: SignName, one: Mention) -> bool:
    """Whether a sign stands right before or right after a product."""
    return bool(signs.before(name, one.start) or signs.behind(name, one.end))


def is_refused(signs: Signs, start: int, end: int, since: int = 0, until: int = END) -> bool:
    """Whether the customer refuses what is between two places: `no oat milk`, `tea hata do`.
    The refusing words lie between `since` and `until`."""
    before = signs.before("refused_before", start, since)
    return bool(before or signs.behind("refused_behind", end, until))


def find_whole(signs: Signs, before: Sequence[Mention], part: Mention) -> Mention | None:
    """The mention that the last one is a part of: "2 teas, one tea without sugar" and "2 teas and a
    samosa, one tea without sugar". "2 teas and one tea without sugar" are three: None."""
    whole = next((one for one in before if one.product == part.product), None)
    if whole is None or not (part.note and part.asked and whole.asked):
        return None
    since = before[-1].end
    is_list = whole is not before[-1] and not signs.has_between("added", whole.end, since)
    is_apart = signs.fills("joins", since, part.start)
    if is_list or not is_apart or signs.has_between("added", since, part.start):
        return None
    is_fewer = 0 < (part.quantity or 0) < (whole.quantity or 0)
    is_plain = not whole.note and whole.options == part.options
    return whole if is_fewer and is_plain else None
