"""How a sentence wants to change the slip: add, remove, or set to a number."""

import re
from collections.abc import Iterable
from typing import Literal

from shop.cart import Wish

Change = Literal["add", "remove", "set"]

# Words of the languages served, Hindi in both scripts.
_REMOVE = re.compile(
    r"\b(remove|delete|drop|without|cancel|no(?!\s*[,.!])|minus|less|not|hata|hatao|hatado|nikal|nikalo|nahi|mat)\b"
    r"|हटा|निकाल|नहीं|मत",
    re.IGNORECASE,
)
_ADD = re.compile(
    r"\b(add|also|plus|extra|more|another|and|aur|bhi|jodo|dalo|daal)\b|और|भी|जोड़|डाल",
    re.IGNORECASE,
)


def change_in(text: str) -> Change:
    """What the words ask for; without a word for it, a number is meant as it stands."""
    if _REMOVE.search(text):
        return "remove"
    return "add" if _ADD.search(text) else "set"


def changed(before: Iterable[Wish], change: Change, named: Iterable[Wish]) -> list[Wish]:
    """The wishes after a change: what is named is added, taken away or set to its number.

    Taking away a number leaves the rest; one that is not on the slip is left alone.
    """
    wishes: dict[str, int | None] = {wish.product: wish.quantity for wish in before}
    for wish in named:
        if change == "remove":
            _take_away(wishes, wish)
        elif change == "add" and wish.product in wishes:
            wishes[wish.product] = (wishes[wish.product] or 0) + (wish.quantity or 1)
        elif change == "add":
            wishes[wish.product] = wish.quantity or 1
        else:
            wishes[wish.product] = wish.quantity
    return [Wish(product, quantity) for product, quantity in wishes.items()]


def _take_away(wishes: dict[str, int | None], wish: Wish) -> None:
    left = (wishes.get(wish.product) or 0) - (wish.quantity or 0)
    if wish.quantity is None or left <= 0:
        wishes.pop(wish.product, None)
    else:
        wishes[wish.product] = left


def with_quantity(wishes: Iterable[Wish], product: str, quantity: int | None) -> list[Wish]:
    """The wishes with another quantity for one product."""
    return changed(wishes, "set", [Wish(product, quantity)])
