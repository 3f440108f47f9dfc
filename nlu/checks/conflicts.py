"""Finds new training lines that mean the same as a line of another intent."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nlu.checks.lines import Line
from nlu.words.typos import english_words

Vectors = Callable[[Sequence[str]], NDArray[np.float32]]
# Most lines of two intents that nobody confuses are less alike than this.
_ALIKE = 0.7
# A row of similarities for each new line: so many at a time keep the memory small.
_AT_ONCE = 500


@dataclass(frozen=True)
class Conflict:
    """A new line and the nearest line of another intent.

    alike: the cosine of their sentence vectors.
    own: the cosine to the nearest line of the same intent, 0 if there is none.
    """

    new: Line
    other: Line
    alike: float
    own: float

    @property
    def margin(self) -> float:
        """By how much the other intent is nearer; the larger, the worse."""
        return self.alike - self.own

    def __str__(self) -> str:
        return (
            f"{self.alike:.2f} (own intent {self.own:.2f})  {self.new.text!r} as {self.new.intent}"
            f"  -  {self.other.text!r} is {self.other.intent} in {self.other.file}"
        )


def find_conflicting_lines(
    new: Sequence[Line], known: Sequence[Line], vectors: Vectors
) -> list[Conflict]:
    """The new lines that are nearer to another intent than to their own, the worst first.

    vectors: returns one sentence vector of length 1 per text.
    """
    if not new or not known:
        return []
    texts = [english_words(line.text.casefold()) for line in (*new, *known)]
    rows = vectors(texts)  # of length 1
    ours, theirs = rows[: len(new)], rows[len(new) :].T
    intents = np.array([line.intent for line in known])
    places: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for place, line in enumerate(known):
        places[line.text, line.intent].append(place)
    found = []
    for line, row in zip(new, _similarities(ours, theirs), strict=True):
        is_own = intents == line.intent
        others = np.where(is_own, -1.0, row)
        # The line itself may be among the known ones already.
        row[places[line.text, line.intent]] = 0.0
        own = float(np.max(row[is_own], initial=0.0))
        nearest = int(others.argmax())
        if others[nearest] >= _ALIKE and others[nearest] >= own:
            found.append(Conflict(line, known[nearest], float(others[nearest]), own))
    return sorted(found, key=lambda conflict: -conflict.margin)


def _similarities(
    ours: NDArray[np.float32], theirs: NDArray[np.float32]
) -> Iterator[NDArray[np.float32]]:
    """The similarities of each of our vectors to all of theirs, in a row for each."""
    for begin in range(0, len(ours), _AT_ONCE):
        yield from ours[begin : begin + _AT_ONCE] @ theirs
