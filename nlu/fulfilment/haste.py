"""Finds haste in an order: "2 teas quickly", "do chai jaldi bhejo", "table 3, a coffee now please"."""

from collections.abc import Callable, Container, Sequence

from nlu.fulfilment.time_parts import Piece
from nlu.fulfilment.time_words import TimeWords
from shop.fulfilment.said_times import SaidTime


def find_haste(
    words: Sequence[str],
    known: TimeWords,
    taken: Container[int],
    ordered: Callable[[], Container[int]],
) -> list[Piece]:
    """The words that want an order at once, where they end what is said or stand before "bring".

    Elsewhere they say something else: "now add a tea", "abhi tak nahi aaya". taken, ordered: see
    find_time."""
    for at in range(len(words)):
        found = None if at in taken else known.haste.find(words, at)
        if not found or (at and words[at - 1] in known.no_haste):
            continue
        behind = words[found[0]] if found[0] < len(words) else ""
        ends = not behind or not any(letter.isalnum() for letter in behind)
        if ends or behind in known.behind_haste or known.haste.find(words, found[0]):
            return [Piece(at, found[0], SaidTime(now=True))] if ordered() else []
    return []
