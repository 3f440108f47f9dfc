"""The products as the understanding sees them: what a customer may call each of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc
from spacy.util import filter_spans

from nlu.language import fold, pipeline
from nlu.ordinary_words import is_ordinary
from nlu.product_names import Phrase, Product, phrases, synonymous_words
from nlu.spelling import closest, forms

_WEAK = "?"


class Mention(NamedTuple):
    """A product in a row of tokens, `first` to `last` (exclusive).

    A `weak` one ("two margheritas" for Margherita Pizza) counts only with a number before it.
    """

    first: int
    last: int
    sku: str
    weak: bool


@dataclass(frozen=True)
class Catalogue:
    """All products; two catalogues with the same names are equal and share a hash."""

    products: tuple[Product, ...]

    def mentions(self, doc: Doc) -> list[Mention]:
        """The products named in a tokenised text, the longest names first, none overlapping."""
        for token, norm in zip(doc, self._norms(doc), strict=True):
            token.norm_ = norm
        names = pipeline().vocab.strings
        spans = filter_spans(self._matcher(doc, as_spans=True))
        return [
            Mention(span.start, span.end, names[span.label].removesuffix(_WEAK),
                    names[span.label].endswith(_WEAK))
            for span in spans
        ]  # fmt: skip

    def prepare(self) -> None:
        """Builds what the first message would else wait for."""
        _ = self._matcher

    def _norms(self, doc: Doc) -> Iterator[str]:
        """The catalogue's own word for each token that is one, however it is spelled."""
        for token in doc:
            word = fold(token.text)
            yield self._spellings.get(word) or self._corrected(word) or word

    def _corrected(self, word: str) -> str | None:
        if is_ordinary(word):
            return None
        meant = closest(word, self._spellings.keys())
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
        spellings = {form: word for word in reversed(words) for form in forms(word)}
        spellings |= {word: word for word in words}
        synonyms = synonymous_words(self.products)
        return {form: synonyms.get(word, word) for form, word in spellings.items()}

    @cached_property
    def _matcher(self) -> PhraseMatcher:
        nlp = pipeline()
        matcher = PhraseMatcher(nlp.vocab, attr="NORM")
        for phrase, label in self._labels.items():
            doc = Doc(nlp.vocab, words=list(phrase))
            for token, word in zip(doc, phrase, strict=True):
                token.norm_ = self._spellings[word]
            matcher.add(label, [doc])
        return matcher
