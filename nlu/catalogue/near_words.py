"""Finds the known word closest to a misspelled one, without comparing all."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from rapidfuzz import process
from rapidfuzz.distance import OSA

from nlu.words.spelling import typos_forgiven

_FEW_SLIPS = 2


class NearWords:
    """Words indexed by length and first letter, and by the rest behind that letter.

    A wrong first letter counts as two typos, so that words with the same one are preferred.
    """

    def __init__(self, words: Iterable[str]) -> None:
        self._alike: defaultdict[tuple[str, int], list[str]] = defaultdict(list)
        self._long: defaultdict[int, list[str]] = defaultdict(list)
        self._behind: defaultdict[str, list[str]] = defaultdict(list)
        self._words = frozenset(words)
        for word in self._words:
            self._alike[word[0], len(word)].append(word)
            self._long[len(word)].append(word)
            self._behind[word[1:]].append(word)

    def closest(self, word: str) -> str | None:
        """The most probable correction of a word, or None.

        Longer words may have more typos.
        """
        bound = typos_forgiven(word)
        lengths = range(len(word) - bound, len(word) + bound + 1)
        same = (other for length in lengths for other in self._alike.get((word[0], length), ()))
        costs = list(_costs(word, same, bound))
        if bound > 1:
            costs += [(cost + 1, other) for cost, other in self._beginning_otherwise(word, bound)]
        return min(costs)[1] if costs else None

    def _beginning_otherwise(self, word: str, bound: int) -> Iterator[tuple[int, str]]:
        others: Iterable[str]
        if bound > _FEW_SLIPS:
            lengths = range(len(word) - bound + 1, len(word) + bound)
            others = (other for length in lengths for other in self._long.get(length, ()))
        else:
            others = self._one_typo_at_the_front(word)
        different = (other for other in others if other[0] != word[0])
        return _costs(word, different, bound - 1)

    def _one_typo_at_the_front(self, word: str) -> Iterator[str]:
        """Known words whose first letter differs, is missing, is added or is swapped."""
        yield from self._behind.get(word[1:], ())
        yield from self._behind.get(word, ())
        swapped = word[1] + word[0] + word[2:]
        yield from (other for other in (word[1:], swapped) if other in self._words)


def _costs(word: str, others: Iterable[str], bound: int) -> Iterator[tuple[int, str]]:
    """The others that are within `bound` typos of the word, each with its number of typos."""
    near = process.extract(word, list(others), scorer=OSA.distance, score_cutoff=bound, limit=None)
    return ((int(distance), other) for other, distance, _ in near)
