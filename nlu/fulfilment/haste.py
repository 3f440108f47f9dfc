"""Finds haste in an order: "2 teas quickly", "do chai jaldi bhejo", "a coffee now please"."""

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
        if ends_haste(words, found[0], known):
            return [Piece(at, found[0], SaidTime(now=True))] if ordered() else []
    return []


def ends_haste(words: Sequence[str], at: int, known: TimeWords) -> bool:
    """Whether the words before this place end what is said, or a "please" or "bring" follows."""
    behind = words[at] if at < len(words) else ""
    ends = not any(letter.isalnum() for letter in behind)
    return ends or behind in known.behind_haste or known.haste.find(words, at) is not None
