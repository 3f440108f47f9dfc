"""The products as the understanding sees them: what a customer may call each of them."""

from dataclasses import dataclass
from functools import cached_property
from itertools import chain, repeat
from typing import NamedTuple

from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc, Token
from spacy.util import filter_spans

from nlu.language import fold, lasting_words, pipeline
from nlu.ordinary_words import is_ordinary
from nlu.product_names import Phrase, Product, halves, phrases, synonymous_words
from nlu.spelling import closest, correctable, forms, skeleton, sound, undrawn
from nlu.vocabulary import vocabulary

_WEAK = "?"
_SHORTEST_SOUND = 3
_SHORTEST_TO_BE_BONES = 5


class Mention(NamedTuple):
    """A product in a row of tokens, `first` to `last` (exclusive).

    A `weak` one ("two margheritas" for Margherita Pizza) counts only with a number before it.
    """

    first: int
    last: int
    sku: str
    weak: bool


class Sighting(NamedTuple):
    """The products in a text, and its tokens with misspelled words of products corrected."""

    mentions: list[Mention]
    words: list[str]


@dataclass(frozen=True)
class Catalogue:
    """All products; two catalogues with the same names are equal and share a hash."""

    products: tuple[Product, ...]

    def look(self, doc: Doc) -> Sighting:
        """The products named in a tokenised text, the longest names first, none overlapping."""
        corrected = {token.i: right for token in doc if (right := self._corrected(token))}
        for token in doc:
            word = corrected.get(token.i) or fold(token.text).replace("&", "and")
            token.norm_ = self._spellings.get(word, word)
        names = pipeline().vocab.strings
        mentions = [
            Mention(span.start, span.end, names[span.label].removesuffix(_WEAK),
                    names[span.label].endswith(_WEAK))
            for span in filter_spans(self._matcher(doc, as_spans=True))
        ]  # fmt: skip
        return Sighting(mentions, [corrected.get(token.i) or token.text for token in doc])

    def prepare(self) -> None:
        """Builds what the first message would else wait for; to be called before `look`."""
        if "_matcher" not in self.__dict__:
            with lasting_words():
                _ = self._matcher, self._sounds, self._correctable

    def _corrected(self, token: Token) -> str | None:
        """The catalogue's word that a misspelled one most probably means."""
        word = fold(token.text)
        if word in self._spellings or not correctable(word) or is_ordinary(word):
            return None
        heard = self._undrawn.get(undrawn(word)) or self._sounds.get(sound(word))
        heard = heard or self._skeletons.get(skeleton(word))
        meant = heard or closest(word, self._correctable)
        return self._spellings[meant] if meant else None

    @cached_property
    def _labels(self) -> dict[Phrase, str]:
        """What the matcher calls each phrase: the sku, with a mark where the phrase is weak."""
        return {
            phrase: name.sku + _WEAK * name.weak for phrase, name in phrases(self.products).items()
        }

    @cached_property
    def _spellings(self) -> dict[str, str]:
        """The catalogue's word by each of its forms; a word of its own is never another's form.

        A product's other words stand for its name also within longer names: with the alias "kaapi"
        for Coffee, "cold kaapi" is a Cold Coffee.
        """
        words = list(dict.fromkeys(word for phrase in self._labels for word in phrase))
        numbers = vocabulary().numbers  # "tees" is thirty, whatever a tea is called
        spellings = {
            form: word for word in reversed(words) for form in forms(word) if form not in numbers
        }
        spellings |= {word: word for word in words}
        synonyms = synonymous_words(self.products)
        return {form: synonyms.get(word, word) for form, word in spellings.items()}

    @cached_property
    def _correctable(self) -> list[str]:
        """What a misspelled word may have meant: the words themselves and their plain plurals."""
        spellings = self._spellings.items()
        return [form for form, word in spellings if correctable(word) and form.startswith(word)]

    @cached_property
    def _sounds(self) -> dict[str, str]:
        """A spelling by how it sounds, where that is long enough to say something."""
        sounds = {sound(form): form for form in reversed(self._spellings)}
        return {key: form for key, form in sounds.items() if len(key) >= _SHORTEST_SOUND}

    @cached_property
    def _skeletons(self) -> dict[str, str]:
        """A spelling by its consonants, where there are enough of them."""
        words = {word for word in self._spellings.values() if len(word) >= _SHORTEST_TO_BE_BONES}
        spellings = {skeleton(word): word for word in sorted(words, reverse=True)}
        return {key: word for key, word in spellings.items() if len(key) >= _SHORTEST_SOUND}

    @cached_property
    def _undrawn(self) -> dict[str, str]:
        """A spelling by its letters without repetition."""
        spellings = {undrawn(form): form for form in reversed(self._spellings)}
        return {key: form for key, form in spellings.items() if len(key) >= _SHORTEST_SOUND}

    @cached_property
    def _matcher(self) -> PhraseMatcher:
        nlp = pipeline()
        matcher = PhraseMatcher(nlp.vocab, attr="NORM")
        labels: dict[Phrase, str] = {}
        for phrase, label in self._labels.items():
            spelled = tuple(self._spellings[word] for word in phrase)
            labels.setdefault(spelled, label)
            labels.setdefault(_hyphened(spelled), label)
        for phrase, label in self._labels.items():
            for two in halves(phrase):
                labels.setdefault(two, label)
        for phrase, label in labels.items():
            doc = Doc(nlp.vocab, words=list(phrase))
            for token in doc:
                token.norm_ = token.text
            matcher.add(label, [doc])
        return matcher


def _hyphened(phrase: Phrase) -> Phrase:
    """ "band-aid" for "band aid"."""
    return tuple(chain.from_iterable(zip(phrase, repeat("-"), strict=False)))[:-1]
