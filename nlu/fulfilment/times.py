"""Finds the time in a message: "tomorrow 10 am", "5 baje", "in half an hour"."""

from collections.abc import Callable, Container, Sequence
from typing import Any, NamedTuple

from nlu.fulfilment.bare_hours import bare_hour
from nlu.fulfilment.clock_times import read_clock
from nlu.fulfilment.dates import read_day
from nlu.fulfilment.denied_times import denied_hours, is_denied, with_denial
from nlu.fulfilment.durations import read_duration
from nlu.fulfilment.haste import ends_haste, find_haste
from nlu.fulfilment.said_words import COMMAS, Said, Span
from nlu.fulfilment.time_parts import Piece, join_pieces
from nlu.fulfilment.time_words import TimeWords, time_words
from shop.fulfilment.said_times import SaidTime

_MOST_BETWEEN = 3
_FEW_WORDS = 4


class TimeFound(NamedTuple):
    """The value of a `time` entity, and the spans of words (first to last, exclusive) that say it.

    denied: spans of times that the message refuses.
    """

    value: dict[str, Any]
    spans: list[Span]
    denied: list[Span]

    @property
    def all_spans(self) -> list[Span]:
        """All words that speak of a time."""
        return [*self.spans, *self.denied]


def find_time(
    text: str,
    said: Sequence[Said],
    taken: Container[int] = (),
    ordered: Callable[[], Container[int]] = tuple,
) -> TimeFound | None:
    """The time that a message names, put together from all its parts.

    taken: places in `said` that say something else. ordered: returns the places of ordered
    products; called only if it is needed.
    """
    words = [each.word for each in said]
    known = time_words()
    if known.signs_of_time.isdisjoint(words) and not any(map(_has_digit, words)):
        return None
    found = _pieces(words, known, taken)
    pieces = [each for each in found if not is_denied(words, each, known)]
    pieces = (
        pieces
        or _behind_order(words, known, taken, ordered)
        or find_haste(words, known, taken, ordered)
    )
    if not pieces:
        return None
    spans = _joined(words, pieces, known)
    parts = [text[said[_begin(words, span, known)].start : said[span[1] - 1].end] for span in spans]
    read = join_pieces(pieces)
    if read == SaidTime(day="today"):  # "what is there today", "aaj garmi hai": tell no time
        return None
    denied = [with_denial(words, each, known) for each in found if each not in pieces]
    denied += denied_hours(words, pieces, known)
    return TimeFound({"text": " ".join(parts), **read.as_value()}, spans, denied)


def _begin(words: Sequence[str], span: Span, known: TimeWords) -> int:
    """The first word of a time without what announces it: "8 pm" of "time to 8 pm"."""
    first, last = span
    if words[first] not in known.time_names:
        return first
    leads = known.time_names | known.to_time
    return next((at for at in range(first, last) if words[at] not in leads), first)


def _has_digit(word: str) -> bool:
    return word[0].isdigit()


def _pieces(words: Sequence[str], known: TimeWords, taken: Container[int]) -> list[Piece]:
    pieces: list[Piece] = []
    at = 0
    while at < len(words):
        piece = None if at in taken else _piece(words, at, known, pieces)
        if piece and not any(place in taken for place in range(piece.first, piece.last)):
            pieces.append(piece)
            at = piece.last
        else:
            at += 1
    return pieces


def _behind_order(
    words: Sequence[str],
    known: TimeWords,
    taken: Container[int],
    ordered: Callable[[], Container[int]],
) -> list[Piece]:
    """A duration or a part of the day at the end of a message, alone or behind an order:
    "2 coffees, 20 minutes", "takeaway half an hour pls", "one tea evening"."""
    for at in range(len(words)):
        if at in taken or words[at] in known.follows:
            continue
        piece = _bare(words, at, known)
        if piece and all(word in known.follows for word in _speaking(words[piece.last :])):
            before = at - 1
            while before >= 0 and (words[before] in known.follows or words[before] in COMMAS):
                before -= 1
            # "10 min" alone asks us to wait; "half an hour" tells a time.
            alone = before < 0 and bool(known.amounts.find(words, at))
            is_behind = before >= 0 and (before in taken or before in ordered())
            return [piece] if alone or is_behind else []
    return []


def _bare(words: Sequence[str], at: int, known: TimeWords) -> Piece | None:
    if piece := read_duration(words, at, known, bare=True):
        return piece
    found = known.parts.find(words, at)
    return Piece(at, found[0], SaidTime(part=found[1])) if found else None


def _speaking(words: Sequence[str]) -> list[str]:
    return [word for word in words if any(letter.isalnum() for letter in word)]


def _piece(
    words: Sequence[str], at: int, known: TimeWords, before: Sequence[Piece]
) -> Piece | None:
    if piece := (
        read_duration(words, at, known)
        or read_clock(words, at, known)
        or read_day(words, at, known)
        or _now(words, at, known)
    ):
        return piece
    beside = bool(before) and _only_between(words, before[-1].last, at, known)
    if part := _part(words, at, known, beside=beside):
        return part
    says = before[-1].says if beside else SaidTime()
    if says.day and not says.part and (meal := known.parts_by_meal.find(words, at)):
        return Piece(at, meal[0], SaidTime(part=meal[1]))
    dated = (says.day or says.part) and not (says.clock or says.in_minutes)
    return bare_hour(words, at, known) if dated else None


def _part(words: Sequence[str], at: int, known: TimeWords, *, beside: bool) -> Piece | None:
    """A part of the day that tells a time: "shaam ko", not "good evening"."""
    found = known.parts.find(words, at)
    if not found:
        return None
    end, part = found
    before = words[at - 1] if at else ""
    if before in known.greets:
        return None
    behind = words[end] if end < len(words) else ""
    linked = before in known.before_part or behind in known.after_part or end - at > 1
    alone = at == 0 and not any(word[:1].isalnum() for word in words[end:])
    piece = Piece(at, end + (behind in known.after_part), SaidTime(part=part))
    if beside or linked or alone:
        return piece
    reads = read_clock(words, end, known) or read_day(words, end, known)
    return piece if reads or bare_hour(words, end, known) else None


def _now(words: Sequence[str], at: int, known: TimeWords) -> Piece | None:
    found = known.now.find(words, at)
    if not found and len(words) <= _FEW_WORDS:
        found = known.now_alone.find(words, at)
        if found and not ends_haste(words, found[0], known):  # "now add 2 teas"
            return None
    return Piece(at, found[0], SaidTime(now=True)) if found else None


def _joined(words: Sequence[str], pieces: Sequence[Piece], known: TimeWords) -> list[Span]:
    """The spans of the pieces; pieces with only joining words between them become one span."""
    spans = [(pieces[0].first, pieces[0].last)]
    for piece in pieces[1:]:
        first, last = spans[-1]
        if _only_between(words, last, piece.first, known):
            spans[-1] = (first, piece.last)
        else:
            spans.append((piece.first, piece.last))
    return spans


def _only_between(words: Sequence[str], start: int, end: int, known: TimeWords) -> bool:
    return end - start <= _MOST_BETWEEN and all(word in known.between for word in words[start:end])
