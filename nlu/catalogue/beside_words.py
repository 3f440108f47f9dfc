"""Corrects a misspelled word by its neighbours in product names."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property

from rapidfuzz import process
from rapidfuzz.distance import OSA

from nlu.words.spelling import bare_consonants, is_correctable, sound_key, without_repeats

_SHORTEST_CUT = 4
_SHORTEST_SOUND = 3


class Neighbours:
    """The words next to one word in product names, indexed by spelling and sound."""

    def __init__(self) -> None:
        self.words: set[str] = set()

    def near(self, word: str, is_latin: bool) -> Iterator[str]:
        """The candidates for a word; vowels count less if it came from Devanagari."""
        return self._looking_like(word) if is_latin else self._sounding_like(word)

    def _looking_like(self, word: str) -> Iterator[str]:
        yield from self._undrawn.get(word, ())
        yield from self.words & {f"{word}d", f"{word}ed"}  # "steam rice", "ice tea"
        if len(word) >= _SHORTEST_CUT:
            yield from (other for other in self._all if other.startswith(word))  # "hot choc"
        if is_correctable(word):
            alike = (*self._sounds.get(sound_key(word), ()), *self._one_typo_from(word))
            yield from filter(is_correctable, alike)

    def _sounding_like(self, word: str) -> Iterator[str]:
        typos = self._one_typo_from(word) if len(word) >= _SHORTEST_SOUND else ()
        alike = (*typos, *self._bones.get(bare_consonants(word), ()))
        yield from (other for other in alike if sound_key(other)[:1] == sound_key(word)[:1])

    def _one_typo_from(self, word: str) -> list[str]:
        near = process.extract(word, self._all, scorer=OSA.distance, score_cutoff=1, limit=None)
        return [other for other, *_ in near]

    @cached_property
    def _all(self) -> tuple[str, ...]:
        return tuple(self.words)

    @cached_property
    def _undrawn(self) -> dict[str, list[str]]:
        return _by(without_repeats, self.words)

    @cached_property
    def _sounds(self) -> dict[str, list[str]]:
        return _by(sound_key, self.words)

    @cached_property
    def _bones(self) -> dict[str, list[str]]:
        return _by(bare_consonants, self.words)


class Beside:
    """The neighbours of each word, by pairs of a word and its neighbour."""

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        self._groups: defaultdict[str, Neighbours] = defaultdict(Neighbours)
        for word, neighbour in pairs:
            self._groups[word].words.add(neighbour)

    def of(self, word: str | None) -> Neighbours | None:
        """The neighbours of a word, or None if it has none."""
        return self._groups.get(word) if word else None


def _by(key: Callable[[str], str], words: Iterable[str]) -> dict[str, list[str]]:
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for word in words:
        groups[key(word)].append(word)
    return groups
