"""Finds products that a message names outside the lines of its order."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from nlu.said.changes import Place
from nlu.words import FOLDER
from shop.language.signs import Sign
from shop.language.word_files import read_ways

_PLURAL = "|".join(read_ways("cart_changes", FOLDER)["plural"])
_PATTERNS = 4096


def find_mentions(text: str, names: Iterable[str]) -> tuple[int, int] | None:
    """The start and end of the first of these names in the text, or None.

    Names of one or two letters are ignored: they mean too many other things."""
    folded = text.casefold()
    near = tuple(sorted({name for name in names if name[2:] and name.casefold() in folded}))
    found = near and _pattern(near).search(text)
    return found.span() if found else None


def find_mentioned(
    text: str, names: Mapping[str, Sequence[str]], taken: Iterable[str], places: Sequence[Place]
) -> Iterator[Sign]:
    """Signs of products that are named, not in `taken`, and outside `places`.

    names: what each product is called, by sku."""
    known = set(taken)
    for sku, own in names.items():
        if sku in known or (found := find_mentions(text, own)) is None:
            continue
        start, end = found
        if all(end <= one.start or one.end <= start for one in places):
            yield Sign("mentioned", start, end, value=sku)


def find_named_again(
    text: str, names: Mapping[str, Sequence[str]], ordered: Iterable[str], places: Sequence[Place]
) -> Iterator[Sign]:
    """Signs of ordered products that are named again outside `places`, the order's lines: "chai me
    kam cheeni" behind "1 chai, 1 samosa"."""
    folded = text.casefold()
    for sku in sorted(set(ordered)):
        near = (name for name in names.get(sku, ()) if name[2:] and name.casefold() in folded)
        known = tuple(sorted(set(near)))
        for found in _pattern(known).finditer(text) if known else ():
            start, end = found.span()
            if all(end <= one.start or one.end <= start for one in places):
                yield Sign("named_again", start, end, value=sku)


@lru_cache(_PATTERNS)
def _pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    known = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{known})(?:{_PLURAL})?(?!\w)", re.I)
