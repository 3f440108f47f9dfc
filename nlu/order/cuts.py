"""Blanks out how something is to be cut, "cut in 4 pieces": its number is no quantity."""

from collections.abc import Sequence

from nlu.words.small_words import word_set

_CUTS, _PIECES = word_set("cuts"), word_set("pieces")
_CUT_PIECES = word_set("cut_pieces")
_FARTHEST = 4


def without_cuts(words: Sequence[str]) -> list[str]:
    """The words with "" in place of each cut, so that it is no quantity and no option."""
    left = [*words]
    for at, word in enumerate(words):
        if word in _CUTS:
            behind = words[at + 1 : at + 1 + _FARTHEST]
            pieces = next((far for far, each in enumerate(behind) if each in _PIECES), None)
            if pieces is not None:
                _empty(left, at, at + pieces + 2)
        elif word in _CUT_PIECES and at:
            _empty(left, at - 1, at + 1)
    return left


def _empty(words: list[str], first: int, last: int) -> None:
    words[first:last] = [""] * (last - first)
