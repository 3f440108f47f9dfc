"""Finds a question about a product beside an order: "2 teas, and is the burger spicy?"."""

from collections.abc import Iterator, Sequence
from textwrap import shorten

from nlu.said.unread_wishes import LONGEST
from nlu.words import FOLDER
from shop.language.signs import Sign
from shop.language.word_files import read_patterns

_SAID = read_patterns("asked_beside", FOLDER)
_BEFORE, _BEHIND, _ENDS = _SAID["before"], _SAID["behind"], _SAID["ends"]


def find_asked_beside(text: str, mentioned: Sequence[Sign]) -> Iterator[Sign]:
    """The questions about products that are named and not ordered; people read them with the order,
    as they read a wish.

    mentioned: the products that are named beside those of the order.
    """
    for one in mentioned:
        end = _ENDS.search(text, one.end)
        until = end.end() if end else len(text)
        if before := _BEFORE.search(text[: one.start]):
            start = before.start()
        elif _BEHIND.match(text[one.end : until]):
            start = one.start
        else:
            continue
        words = text[start:until].strip()
        yield Sign("unread_wish", start, until, value=shorten(words, LONGEST))
