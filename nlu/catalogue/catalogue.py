"""Finds products in texts, by every name that customers may use."""

import re
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from nlu.catalogue import written_names as written
from nlu.catalogue.families import (
    brand_phrases,
    family_phrases,
    find_brands,
    narrow_families,
    other_packs,
    pack_sizes,
)
from nlu.catalogue.goods import words_for_goods
from nlu.catalogue.misspelled import KnownWords
from nlu.catalogue.name_finder import Mention, NameFinder, longest_first, overlap, repeats_name
from nlu.catalogue.option_names import NamedOption, OptionFinder, OptionMention
from nlu.catalogue.option_words import every_size_word
from nlu.catalogue.pack_sizes import PackSize
from nlu.catalogue.product_names import (
    Name,
    Phrase,
    Product,
    fold_name,
    product_phrases,
    synonymous_words,
)
from nlu.catalogue.vague_families import without_vague_families
from nlu.words.ordinary_words import remember_vocabulary
from nlu.words.pictures import rows_of
from nlu.words.small_words import word_set
from nlu.words.spelling import word_forms
from nlu.words.tokens import Token, fold_word
from nlu.words.vocabulary import load_vocabulary
from shop.language.reading_form import reading_form


class Sighting(NamedTuple):
    """The products in a text, and its tokens with misspelled words of products corrected.

    families: all skus of each mention that fits several products; the mention has the first.
    vague: names of several products that only refer to products named elsewhere in the text.
    """

    mentions: list[Mention]
    words: list[str]
    families: dict[Mention, tuple[str, ...]]
    vague: list[Mention]


(_AND,), (_WITH,), (_WITH_SHORT,) = map(word_set, ("plus_and", "with", "with_short"))


@dataclass(frozen=True)
class Catalogue:
    """All products; two catalogues with the same names are equal and share a hash."""

    products: tuple[Product, ...]
    options: tuple[NamedOption, ...] = ()
    # Categories and descriptions: their words are searched, too.
    described: frozenset[str] = frozenset()

    def look(self, tokens: Sequence[Token]) -> Sighting:
        """The products named in a tokenised text, the longest names first, none overlapping."""
        words = [fold_word(token.text).replace("&", _AND) for token in tokens]
        corrected = self._corrected(tokens, words)
        spelled = [
            corrected.get(at) or self._spellings.get(word, word) for at, word in enumerate(words)
        ]
        mentions = longest_first(self._names.find(spelled))
        ends = {each.last for each in mentions}
        mentions = [each for each in mentions if not repeats_name(tokens, each, ends)]
        families: dict[Mention, tuple[str, ...]] = {}
        vague: list[Mention] = []
        if self._families:
            of_words = ((each, tuple(spelled[each.first : each.last])) for each in mentions)
            families = {
                each: self._families[name] for each, name in of_words if name in self._families
            }
            left = without_vague_families(spelled, mentions, families, self.words_of_name)
            vague, mentions = [each for each in mentions if each not in left], left
        if brands := find_brands(words, spelled, self._brands, mentions):
            free = [each for each in mentions if not any(overlap(each, one) for one in brands)]
            mentions = sorted([*free, *brands])
            families |= {each: skus for each, skus in brands.items() if len(skus) > 1}
        if families:
            mentions, families = narrow_families(spelled, mentions, families, self.words_of_name)
        texts = [corrected.get(at) or token.text for at, token in enumerate(tokens)]
        return Sighting(mentions, texts, families, vague)

    def find_options(
        self, words: Sequence[str], mentions: Sequence[Mention], typed: Sequence[str]
    ) -> list[OptionMention]:
        """The options named among folded words, beside these products.

        typed: the words as they were written."""
        if not self.options:
            return []
        return self._options.find(words, mentions, typed, self._spellings)

    def prepare(self) -> None:
        """Builds the indexes in advance, so that the first message need not wait for them.

        It takes seconds with thousands of products; threads with another catalogue do not wait.
        """
        if "rows_of_pictures" not in self.__dict__:
            remember_vocabulary()
            _ = self._names, self._known, self._options, self._families, self.rows_of_pictures
            _ = self._brands, self.words_of_name, self.pack_sizes, self.other_packs, self.topics

    @cached_property
    def titles(self) -> dict[str, tuple[str, ...]]:
        """The name and aliases of each product, by sku."""
        return {each.sku: (each.name, *each.aliases) for each in self.products}

    @property
    def words(self) -> Container[str]:
        """Every form of every word in the products' names."""
        return self._spellings.keys()

    @cached_property
    def topics(self) -> frozenset[str]:
        """Every word that finds a product: of names, options and descriptions."""
        options = (name for each in self.options for name in (each.name, *each.aliases))
        said = (word for text in (*self.described, *options) for word in fold_name(text))
        own = frozenset(word for word in (*said, *self._spellings) if word.isalpha())
        return own | {word.removesuffix("s") for word in own}

    def _corrected(self, tokens: Sequence[Token], words: Sequence[str]) -> dict[int, str]:
        """Corrections of misspelled words, by position."""
        corrected = {
            at: self._spellings[form]
            for at, word in enumerate(words)
            if (form := self._known.meant(word, tokens[at].text))
        }
        known = [corrected.get(at) or self._spellings.get(word) for at, word in enumerate(words)]
        around = zip([None, *known], known, words, [*known[1:], None], strict=False)
        for at, (before, here, word, after) in enumerate(around):
            if here or not (before or after):
                continue
            if meant := self._known.meant_beside(word, tokens[at].text, before, after):
                corrected[at] = meant
        return self._known.corrections_beside_sizes(words) | corrected

    @cached_property
    def rows_of_pictures(self) -> re.Pattern[str] | None:
        """A pattern for repeated emojis of products."""
        return rows_of({reading_form(each.emoji) for each in self.products if each.emoji})

    @cached_property
    def _labels(self) -> dict[Phrase, Name]:
        labels = product_phrases(self.products)
        for phrase, skus in family_phrases(self.products).items():
            # A name that several products share stands for the first; `_families` has them all.
            labels[phrase] = Name(skus[0])
        return labels

    @cached_property
    def _families(self) -> Mapping[Phrase, tuple[str, ...]]:
        """The skus of each name that fits several products, in the catalogue's spelling."""
        families = family_phrases(self.products).items()
        spelled = {tuple(map(self._spellings.__getitem__, each)): skus for each, skus in families}
        return written.families_in_all_ways(spelled, self._phrases)

    @cached_property
    def _brands(self) -> dict[Phrase, tuple[str, ...]]:
        """The skus of each beginning that several names share, in the catalogue's spelling."""
        brands = {
            tuple(self._spellings.get(word, word) for word in phrase): skus
            for phrase, skus in brand_phrases(self.products, self._labels).items()
        }
        return written.families_with_hyphens(brands)

    @cached_property
    def words_of_name(self) -> dict[str, frozenset[str]]:
        """The words of each product's name, as the catalogue spells them, by sku."""
        return {
            each.sku: frozenset(self._spellings.get(word, word) for word in fold_name(each.name))
            for each in self.products
        }

    @cached_property
    def pack_sizes(self) -> dict[str, tuple[PackSize, ...]]:
        """The sizes in the name of each product that has any, by sku."""
        return pack_sizes(self.products)

    @cached_property
    def sized(self) -> frozenset[str]:
        """The skus of products that come in sizes."""
        sizes = (one for one in self.options if one.name.casefold() in every_size_word())
        return frozenset(sku for one in sizes for sku in one.skus)

    @cached_property
    def other_packs(self) -> dict[str, tuple[str, ...]]:
        """The skus of all packs of each product that comes in several."""
        return other_packs(self.products)

    @cached_property
    def _spellings(self) -> dict[str, str]:
        """The catalogue's word by each of its forms; a catalogue word is never a form of another.

        An alias of one word is also understood within longer names: with the alias "kaapi" for
        Coffee, "cold kaapi" is a Cold Coffee.
        """
        words = list(dict.fromkeys(word for phrase in self._labels for word in phrase))
        # "tees" is thirty even where tea is sold; "leave it" does not order leaves.
        taken = load_vocabulary().numbers.keys() | load_vocabulary().skips
        spellings = {
            form: word for word in reversed(words) for form in word_forms(word) if form not in taken
        }
        spellings |= {word: word for word in words}
        if _WITH in spellings:
            spellings.setdefault(_WITH_SHORT, _WITH)
        spellings |= words_for_goods(spellings)
        synonyms = synonymous_words(self.products)
        return {form: synonyms.get(word, word) for form, word in spellings.items()}

    @cached_property
    def _known(self) -> KnownWords:
        return KnownWords(self._spellings, self._phrases)

    @cached_property
    def _phrases(self) -> dict[Phrase, Name]:
        """The product that each phrase names, in every spelling and word order."""
        labels: dict[Phrase, Name] = {}
        for phrase, label in self._labels.items():
            labels.setdefault(tuple(self._spellings[word] for word in phrase), label)
        spelled = dict(labels)
        joined = {"".join(phrase): phrase for phrase in self._labels if len(phrase) > 1}
        for phrase, label in self._labels.items():
            for two in written.name_halves(phrase, joined.get(phrase[0], ())):
                labels.setdefault(tuple(self._spellings.get(part, part) for part in two), label)
        for phrase, label in spelled.items():
            for way in written.other_ways_of(phrase):
                labels.setdefault(way, label)
        return labels

    @cached_property
    def _options(self) -> OptionFinder:
        return OptionFinder(self.options)

    @cached_property
    def _names(self) -> NameFinder:
        return NameFinder(self._phrases)
