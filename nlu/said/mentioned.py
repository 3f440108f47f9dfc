"""Finds products of the shop by their names, beside those that an order was read of."""

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
    """Where one of these names of a product stands in the text; short ones mean too much else."""
    folded = text.casefold()
    near = tuple(sorted({name for name in names if name[2:] and name.casefold() in folded}))
    found = near and _pattern(near).search(text)
    return found.span() if found else None


def find_mentioned(
    text: str, names: Mapping[str, Sequence[str]], taken: Iterable[str], places: Sequence[Place]
) -> Iterator[Sign]:
    """The products that are named and not in `taken`, apart from the `places` of the others."""
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
    """Where products of the order are named once more, apart from its lines: "chai me kam cheeni"
    behind "1 chai, 1 samosa"."""
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
