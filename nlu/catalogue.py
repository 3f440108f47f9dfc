"""The products as the understanding sees them: what a customer may call each of them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, repeat
from typing import NamedTuple

from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc
from spacy.util import filter_spans

from nlu.language import fold, lasting_words, pipeline
from nlu.misspelled import KnownWords
from nlu.pictures import rows_of
from nlu.product_names import Phrase, Product, halves, phrases, rearranged, synonymous_words
from nlu.spelling import forms
from nlu.vocabulary import vocabulary

_WEAK = "?"


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
        words = [fold(token.text).replace("&", "and") for token in doc]
        corrected = self._corrected(doc, words)
        for token, word in zip(doc, words, strict=True):
            token.norm_ = corrected.get(token.i) or self._spellings.get(word, word)
        names = pipeline().vocab.strings
        mentions = [
            Mention(span.start, span.end, names[span.label].removesuffix(_WEAK),
                    names[span.label].endswith(_WEAK))
            for span in filter_spans(self._matcher(doc, as_spans=True))
        ]  # fmt: skip
        mentions = [each for each in mentions if not _adorns(doc, each, mentions)]
        return Sighting(mentions, [corrected.get(token.i) or token.text for token in doc])

    def prepare(self) -> None:
        """Builds what the first message would else wait for; to be called before `look`."""
        if "_matcher" not in self.__dict__:
            with lasting_words():
                _ = self._matcher, self._known

    def _corrected(self, doc: Doc, words: Sequence[str]) -> dict[int, str]:
        """The catalogue's words by the places of those that are misspelled."""
        corrected = {
            at: self._spellings[form]
            for at, word in enumerate(words)
            if (form := self._known.meant(word, doc[at].text))
        }
        known = [corrected.get(at) or self._spellings.get(word) for at, word in enumerate(words)]
        around = zip([None, *known], known, words, [*known[1:], None], strict=False)
        for at, (before, here, word, after) in enumerate(around):
            if not here and (meant := self._known.meant_beside(word, doc[at].text, before, after)):
                corrected[at] = meant
        return corrected

    @cached_property
    def rows_of_pictures(self) -> re.Pattern[str] | None:
        """What finds the pictures of products, as often as they are repeated."""
        return rows_of({product.emoji for product in self.products if product.emoji})

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
        # "tees" is thirty, whatever a tea is called; who asks to leave it asks for no leaves.
        taken = vocabulary().numbers.keys() | vocabulary().skips
        spellings = {
            form: word for word in reversed(words) for form in forms(word) if form not in taken
        }
        spellings |= {word: word for word in words}
        if "with" in spellings:
            spellings.setdefault("w", "with")
        synonyms = synonymous_words(self.products)
        return {form: synonyms.get(word, word) for form, word in spellings.items()}

    @cached_property
    def _known(self) -> KnownWords:
        return KnownWords(self._spellings, self._phrases)

    @cached_property
    def _phrases(self) -> dict[Phrase, str]:
        """What the matcher calls each row of words by which a product may be named."""
        labels: dict[Phrase, str] = {}
        for phrase, label in self._labels.items():
            labels.setdefault(tuple(self._spellings[word] for word in phrase), label)
        spelled = dict(labels)
        for phrase, label in self._labels.items():
            for two in halves(phrase):
                labels.setdefault(tuple(self._spellings.get(part, part) for part in two), label)
        for phrase, label in spelled.items():
            for way in (_hyphened(phrase), *rearranged(phrase)):
                labels.setdefault(way, label)
        return labels

    @cached_property
    def _matcher(self) -> PhraseMatcher:
        nlp = pipeline()
        matcher = PhraseMatcher(nlp.vocab, attr="NORM")
        for phrase, label in self._phrases.items():
            doc = Doc(nlp.vocab, words=list(phrase))
            for token in doc:
                token.norm_ = token.text
            matcher.add(label, [doc])
        return matcher


def _adorns(doc: Doc, mention: Mention, mentions: Sequence[Mention]) -> bool:
    """Whether a picture only stands behind the name of what is meant: "chai ☕ x 4"."""
    is_picture = not any(sign.isalnum() for sign in doc[mention.first : mention.last].text)
    return is_picture and any(other.last == mention.first for other in mentions)


def _hyphened(phrase: Phrase) -> Phrase:
    """ "band-aid" for "band aid"."""
    return tuple(chain.from_iterable(zip(phrase, repeat("-"), strict=False)))[:-1]
