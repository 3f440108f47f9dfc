"""Finds which of several offered buttons or rows a typed answer means."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from rapidfuzz.distance import OSA

_WORD = re.compile(r"(?:\w|[\u0900-\u0963])+")
_PRICE = re.compile(r"₹\s*([\d,]+(?:\.\d+)?)")
# A name may be cut to so many letters; of longer words more may be mistyped.
_SHORTEST, _LONG, _LONGER = 3, 4, 7


class Offered(NamedTuple):
    """Something that can be tapped; `words` are its title and what stands below it."""

    title: str
    words: str


def find_chosen_tap(offered: Sequence[Offered], which: str) -> int | None:
    """The place of what is meant: "2" is the second, or "last", "cheapest", "dearest"; None if
    there is none, or several fit equally."""
    if which.isdecimal():
        return int(which) - 1 if 0 < int(which) <= len(offered) else None
    if which == "last":
        return len(offered) - 1 if offered else None
    prices = [_price_of(one) for one in offered]
    known = [price for price in prices if price is not None]
    if not known or len(known) < len(offered):
        return None
    best = min(known) if which == "cheapest" else max(known)
    return prices.index(best) if prices.count(best) == 1 else None


def find_named_tap(offered: Sequence[Offered], words: str) -> int | None:
    """The place of the only one whose title has all these words, cut short or mistyped."""
    said = _WORD.findall(words.casefold())
    titles = [_WORD.findall(_PRICE.sub(" ", one.title).casefold()) for one in offered]
    fitting = [
        at
        for at, title in enumerate(titles)
        if said and all(any(_is_meant(word, other) for other in title) for word in said)
    ]
    return fitting[0] if len(fitting) == 1 else None


def _is_meant(typed: str, word: str) -> bool:
    if typed == word or (len(typed) >= _SHORTEST and word.startswith(typed)):
        return True
    if len(typed) < _LONG or typed[0] != word[0]:
        return False
    return OSA.distance(typed, word) <= 1 + (len(typed) >= _LONGER)


def _price_of(one: Offered) -> float | None:
    found = _PRICE.search(one.words)
    return float(found[1].replace(",", "")) if found else None
