"""Shortens the titles of one list so that no two of them look the same."""

from collections import Counter
from collections.abc import Sequence
from itertools import takewhile

from shop.whatsapp.fitting import ELLIPSIS, cut_text
from shop.whatsapp.limits import Limit, text_length

# The part of a title's beginning that is always kept.
_SHORTEST_BEGINNING = 6


def cut_apart(titles: Sequence[str], limit: Limit) -> list[str]:
    """Each title within the limit. Titles that begin alike keep the part that differs: "Chicken
    Tikka… Large". Equal titles are numbered.
    """
    cut = [cut_text(title, limit) for title in titles]
    alike: dict[str, list[str]] = {}
    for title, short in zip(titles, cut, strict=True):
        if title not in alike.setdefault(short, []):
            alike[short].append(title)
    told = [
        _told_apart(title, alike[short], limit) if len(alike[short]) > 1 else short
        for title, short in zip(titles, cut, strict=True)
    ]
    return _numbered(told, limit)


def _told_apart(title: str, alike: Sequence[str], limit: Limit) -> str:
    """The title's beginning, and its words from the first in which it differs from the others."""
    words = [each.split() for each in alike]
    same = sum(1 for _ in takewhile(_are_same, zip(*words, strict=False)))
    own = title.split()
    rest = " ".join(own[same:])
    if not rest:
        return cut_text(title, limit)
    room = limit.maximum - text_length(rest) - 2
    if room < _SHORTEST_BEGINNING:
        return cut_text(ELLIPSIS + rest, limit)
    beginning = cut_text(" ".join(own[:same]), Limit(limit.name, 1, room + 1))
    return f"{beginning.rstrip(ELLIPSIS).rstrip()}{ELLIPSIS} {rest}"


def _are_same(words: Sequence[str]) -> bool:
    return len(set(words)) == 1


def _numbered(titles: Sequence[str], limit: Limit) -> list[str]:
    """Adds a number to the second and later ones of titles that are still equal."""
    so_far: Counter[str] = Counter()
    taken = set(titles)
    numbered = []
    for title in titles:
        so_far[title] += 1
        now, number = title, so_far[title]
        while number > 1 and now in taken:
            ending = f" ({number})"
            short = Limit(limit.name, 1, limit.maximum - len(ending))
            now, number = cut_text(title, short) + ending, number + 1
        taken.add(now)
        numbered.append(now)
    return numbered
