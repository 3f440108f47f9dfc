"""Corrects misspelled words to words of the catalogue."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, pairwise

from nlu.catalogue.beside_words import Beside
from nlu.catalogue.near_words import NearWords
from nlu.catalogue.pack_sizes import places_beside_sizes
from nlu.catalogue.product_names import Phrase
from nlu.words.ordinary_words import is_ordinary
from nlu.words.spelling import (
    bare_consonants,
    consonant_skeleton,
    is_bare,
    is_correctable,
    sound_key,
    without_repeats,
)
from nlu.words.transliterate import to_latin
from nlu.words.vocabulary import every_word

_SHORTEST_SOUND = 3
_SHORTEST_TO_BE_BONES = 5
_SHORTEST_OTHER_WORD = 6
_FEWEST_CONSONANTS = 4
# A Devanagari spelling of an English word with fewer consonants than this is not corrected.
_LONGEST_ORDINARY_BONES = 5
_LONGEST_TO_SWAP = 5  # in longer words a swap counts as one of the typos that are forgiven
_NUKTA = "\u093c"
_FLAPPED = ("\u0921" + _NUKTA, "\u0930")  # written d, heard as r, typed as either


class KnownWords:
    """Indexes of the catalogue's words by sound and spelling.

    `spellings` has the catalogue's word by each of its forms; `phrases` are names in such words.
    """

    def __init__(self, spellings: dict[str, str], phrases: Iterable[Phrase]) -> None:
        words = sorted({word for word in spellings.values() if _is_long(word)}, reverse=True)
        # Of two forms that sound alike the later one wins: the word as it stands in a name.
        forms = sorted(spellings, key=lambda form: form == spellings[form])
        pairs = [two for phrase in phrases for two in pairwise(phrase)]
        self.spellings = spellings
        # The words themselves and their plain plurals; other forms only if they are long.
        self._near = NearWords(
            form
            for form, word in spellings.items()
            if is_correctable(word) and (form.startswith(word) or len(form) >= _SHORTEST_OTHER_WORD)
        )
        self._swapped = {other: form for form in forms for other in _swaps(form)}
        self._sounds = _telling((sound_key(form), form) for form in forms)
        self._undrawn = _telling((without_repeats(form), form) for form in forms)
        self._skeletons = _telling((consonant_skeleton(word), word) for word in words)
        self._bones = _telling((bare_consonants(form), form) for form in forms if _is_long(form))
        self._followers = Beside(pairs)
        self._leaders = Beside((then, first) for first, then in pairs)

    def meant(self, word: str, typed: str) -> str | None:
        """The form that a folded word most probably means; `typed` is how it was written.

        None if the word is a known form, an ordinary word, or too short to correct.
        """
        if word in self.spellings:
            return None
        if not word.isascii():
            return self._spoken(word, typed)
        if is_ordinary(word):
            return None
        if is_bare(word):
            return self._skeletons.get(word)
        if not is_correctable(word):
            return None
        heard = self._undrawn.get(without_repeats(word)) or self._sounds.get(sound_key(word))
        heard = heard or self._swapped.get(word) or self._skeletons.get(consonant_skeleton(word))
        return heard or self._near.closest(word) or self._of_many_consonants(word)

    def corrections_beside_sizes(self, words: Sequence[str]) -> dict[int, str]:
        """The catalogue's words that words beside a weight or volume sound like, by position.

        Ordinary words are corrected, too: "5 kg aata" is atta, though "aata" also means "comes".
        """
        return {
            at: self.spellings[form]
            for at in places_beside_sizes(words)
            if (word := words[at]) not in every_word() | self.spellings.keys()
            and is_correctable(word)
            and (form := self._undrawn.get(without_repeats(word)))
        }

    def _of_many_consonants(self, word: str) -> str | None:
        """The form with the same consonants as they sound, if these are many: "chikn"."""
        bones = bare_consonants(word)
        return self._bones.get(bones) if len(bones) >= _FEWEST_CONSONANTS else None

    def meant_beside(
        self, word: str, typed: str, before: str | None, after: str | None
    ) -> str | None:
        """The correction of a word by its neighbours `before` and `after`, or None.

        "garlic bred", "samosa chat": candidates are the words beside the neighbours in product
        names. An ordinary word such as "chat" is corrected, too.
        """
        if word in every_word():
            return None
        latin = to_latin(typed)
        groups = (self._followers.of(before), self._leaders.of(after))
        near = (group.near(latin, word.isascii()) for group in groups if group)
        return min(chain.from_iterable(near), default=None)

    def _spoken(self, word: str, typed: str) -> str | None:
        """The form that a word in Devanagari sounds like."""
        latin, flapped = to_latin(typed), to_latin(typed.replace(*_FLAPPED))
        for heard in (latin, flapped, latin.replace("z", "s")):
            if heard in self.spellings:
                return heard
            if form := self._sounds.get(sound_key(heard)):
                return form
        is_other = is_ordinary(latin) and len(bare_consonants(latin)) < _LONGEST_ORDINARY_BONES
        if is_ordinary(word) or is_other:
            return None
        return self._bones.get(bare_consonants(latin)) or self._bones.get(bare_consonants(flapped))


def _telling(keys: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Forms by key, without keys that are too short to be specific."""
    return {key: form for key, form in keys if len(key) >= _SHORTEST_SOUND}


def _swaps(form: str) -> Iterator[str]:
    """The word with two neighbouring letters swapped, the first excepted: "chia" for "chai"."""
    if is_correctable(form) and len(form) <= _LONGEST_TO_SWAP:
        places = range(1, len(form) - 1)
        yield from (form[:at] + form[at + 1] + form[at] + form[at + 2 :] for at in places)


def _is_long(word: str) -> bool:
    return len(word) >= _SHORTEST_TO_BE_BONES
