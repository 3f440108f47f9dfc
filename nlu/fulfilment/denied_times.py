"""Finds times that are refused: "not 5 pm", "5 baje nahi", the 10 of "10 nahi 10:30"."""

from collections.abc import Sequence

from nlu.fulfilment.said_words import COMMAS, Span
from nlu.fulfilment.time_parts import Piece
from nlu.fulfilment.time_words import TimeWords


def is_denied(words: Sequence[str], piece: Piece, known: TimeWords) -> bool:
    """Whether a "not" stands beside the time: "not 5 pm", "5 baje nahi"."""
    before = words[piece.first - 1] if piece.first else ""
    behind = words[piece.last] if piece.last < len(words) else ""
    return before in known.not_before or behind in known.not_after


def with_denial(words: Sequence[str], piece: Piece, known: TimeWords) -> Span:
    """The span of a refused time, with its "not": "not 5 pm"."""
    is_before = piece.first > 0 and words[piece.first - 1] in known.not_before
    is_behind = piece.last < len(words) and words[piece.last] in known.not_after
    return piece.first - is_before, piece.last + is_behind


def denied_hours(words: Sequence[str], pieces: Sequence[Piece], known: TimeWords) -> list[Span]:
    """The spans of bare hours that a later time replaces: the 10 of "10 nahi 10:30"."""
    spans = []
    for piece in pieces:
        at = piece.first - 1
        while at >= 0 and words[at] in COMMAS:
            at -= 1
        denial = at if at > 0 and words[at] in known.not_after else at - 1
        is_denial = denial >= 0 and words[denial] in known.not_after | known.not_before
        hour = denial - 1 if denial == at else at
        if is_denial and piece.says.clock and hour >= 0 and words[hour].isdecimal():
            spans.append((min(hour, denial), max(hour, denial) + 1))
    return spans
