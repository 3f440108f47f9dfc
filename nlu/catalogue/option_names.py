"""Finds options of products in texts: sizes, extras, by every name that customers may use."""

import re
from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from nlu.catalogue.goods import words_for_goods
from nlu.catalogue.misspelled import KnownWords
from nlu.catalogue.name_finder import Mention
from nlu.catalogue.option_words import (
    LARGEST,
    larger_words,
    letters_of,
    other_words,
    plain_extras,
    size_words,
    words_beside_letters,
    words_of_smallest,
    words_that_bring,
)
from nlu.catalogue.pack_sizes import PackSize, find_sizes
from nlu.words.spelling import word_forms
from nlu.words.tokens import fold_word, split_tokens
from nlu.words.vocabulary import load_vocabulary
from shop.language.reading_form import reading_form

_IN_BRACKETS = re.compile(r"\([^()]*\)")

_OPENING = "("

Phrase = tuple[str, ...]


@dataclass(frozen=True)
class NamedOption:
    """The names of one row of `options`, and the skus of the products that offer it.

    group: the id of its group if only one option of the group may be chosen, else 0.
    """

    id: int
    name: str
    aliases: tuple[str, ...] = ()
    skus: tuple[str, ...] = ()
    group: int = 0


class OptionMention(NamedTuple):
    """A name of options at the words `first` to `last` (exclusive).

    Products may have an option of the same name each; `of` tells which one is meant."""

    first: int
    last: int
    options: tuple[NamedOption, ...]

    def of(self, sku: str) -> NamedOption | None:
        """The option of this name that a product offers, or None."""
        return next((option for option in self.options if sku in option.skus), None)

    def is_alternative(self, other: "OptionMention") -> bool:
        """Whether both are options of a group of which only one may be chosen."""
        groups = {one.group for one in self.options if one.group}
        return any(one.group in groups for one in other.options)

    def excludes(self, other: "OptionMention", sku: str) -> bool:
        """Whether a product can have only one of the two: Oat milk or Soy milk."""
        one, two = self.of(sku), other.of(sku)
        return one is not None and two is not None and one != two and 0 < one.group == two.group


class OptionFinder:
    """An immutable index of options by the words of their names, safe for many threads."""

    def __init__(self, options: Iterable[NamedOption]) -> None:
        named: defaultdict[Phrase, list[NamedOption]] = defaultdict(list)
        for option in options:
            for phrase in dict.fromkeys(_phrases(option)):
                named[phrase].append(option)
        for more in (other_words, words_of_smallest):
            _add_words(named, more)
        _add_words(named, plain_extras, parts_of=_ends(named))
        self._named = {phrase: tuple(own) for phrase, own in named.items()}
        self._letters: defaultdict[str, list[NamedOption]] = defaultdict(list)
        for phrase, own in self._named.items():
            for letter in letters_of(phrase):
                self._letters[letter] += [one for one in own if one not in self._letters[letter]]
        self._sizes: defaultdict[PackSize, list[NamedOption]] = defaultdict(list)
        for phrase, own in self._named.items():
            for said in find_sizes(phrase):
                if (said.first, said.last) == (0, len(phrase)):
                    self._sizes[said.size] += own
        words = {word for phrase in self._named for word in phrase}
        # A word of an option's name, or a number, is never a form of another word.
        taken = words | load_vocabulary().numbers.keys()
        forms = {form: word for word in words for form in word_forms(word) if form not in taken}
        self._spellings = forms | {word: word for word in words}
        self._spellings |= words_for_goods(self._spellings)
        self._known = KnownWords(self._spellings, self._named)
        self._longest = max(map(len, self._named), default=0)

    def find(
        self,
        words: Sequence[str],
        products: Sequence[Mention],
        typed: Sequence[str],
        taken_words: Container[str],
    ) -> list[OptionMention]:
        """The options among folded words: of overlapping names the longest, in text order.

        A product's name is no option, unless the option's name is longer. Misspelled words are
        corrected. typed: the words as written; taken_words: words that are not corrected.
        """
        spelled = [
            self._spell(word, as_typed, taken_words)
            for word, as_typed in zip(words, typed, strict=False)
        ]
        mentions = [*self._all(spelled), *self._by_letter(words, products)]
        mentions += self._by_size(words)
        # The "with" of "with cheese" makes no name longer than "cheese burst".
        brings = {at for at, word in enumerate(words) if word in words_that_bring()}
        found = sorted(
            mentions, key=lambda one: (one.first - one.last + (one.first in brings), one.first)
        )
        taken: set[int] = set()
        kept = []
        for one in found:
            places = set(range(one.first, one.last))
            if _is_of_larger_size(words, one):
                continue
            if not places & taken and not any(_is_within(one, each) for each in products):
                taken |= places
                kept.append(one)
        return sorted(kept)

    def _spell(self, word: str, typed: str, taken_words: Container[str]) -> str:
        """The word of an option's name that a word is or most probably means, else ""."""
        known = self._spellings.get(word)
        if known is None and word not in taken_words and (meant := self._known.meant(word, typed)):
            known = self._spellings[meant]
        return known or ""

    def _by_letter(
        self, words: Sequence[str], products: Sequence[Mention]
    ) -> Iterator[OptionMention]:
        """Sizes by one letter, "1 M 1 L", if one of the named products has that size."""
        for at, word in enumerate(words):
            own = self._letters.get(word, ())
            beside = {*words[max(0, at - 1) : at], *words[at + 1 : at + 2]}
            is_size = not words_beside_letters().isdisjoint(beside)
            is_counted = at > 0 and _is_number(words[at - 1])
            is_counted = is_counted or any(one.last == at for one in products)
            # "farmhouse (L, cheese burst)"
            is_counted = is_counted or (at > 0 and words[at - 1] == _OPENING)
            skus = {sku for one in own for sku in one.skus}
            if (is_size or is_counted) and not skus.isdisjoint(one.sku for one in products):
                yield OptionMention(at, at + 1, tuple(own))

    def _by_size(self, words: Sequence[str]) -> Iterator[OptionMention]:
        """The "2 litre" where an option is called "2 L"."""
        for said in find_sizes(words) if self._sizes else ():
            if own := self._sizes.get(said.size):
                yield OptionMention(said.first, said.last, tuple(own))

    def _all(self, spelled: Sequence[str]) -> Iterator[OptionMention]:
        for first, word in enumerate(spelled):
            if not word:
                continue
            for last in range(first + 1, min(first + self._longest, len(spelled)) + 1):
                if own := self._named.get(tuple(spelled[first:last])):
                    yield OptionMention(first, last, own)


def _ends(named: Mapping[Phrase, Sequence[NamedOption]]) -> dict[Phrase, list[NamedOption]]:
    """The options by what their names of several words end with: "sugar" of "less sugar"."""
    ends: defaultdict[Phrase, list[NamedOption]] = defaultdict(list)
    for phrase, own in named.items():
        if phrase[1:] and not any(True for _ in plain_extras(phrase)):
            ends[phrase[1:]] += own
    return ends


def _add_words(
    named: defaultdict[Phrase, list[NamedOption]],
    more: Callable[[Phrase], Iterator[Phrase]],
    parts_of: Mapping[Phrase, Sequence[NamedOption]] | None = None,
) -> None:
    """Adds other words of each option that mean no other option of the same product.

    parts_of: options that have something of the same part, such as No sugar beside Extra sugar:
    there "with sugar" means neither.
    """
    before = {phrase: tuple(own) for phrase, own in named.items()}
    for phrase, own in before.items():
        for other in more(phrase):
            alike = (*before.get(other, ()), *(parts_of or {}).get(phrase[1:], ()))
            for option in own:
                taken = {sku for one in alike for sku in one.skus}
                if taken.isdisjoint(option.skus):
                    named[other].append(option)


def _is_of_larger_size(words: Sequence[str], one: OptionMention) -> bool:
    """Whether "large" is only the end of a size that the shop lacks: "extra large"."""
    sized = one.last - one.first == 1 and words[one.first] in size_words(LARGEST)
    before = [word for word in words[max(0, one.first - 2) : one.first] if word != "-"]
    return sized and before[-1:] != [] and before[-1] in larger_words()


def _is_number(word: str) -> bool:
    known = load_vocabulary()
    return word.isdigit() or word in known.numbers or word in known.only_before_a_product


def _is_within(one: OptionMention, product: Mention) -> bool:
    """Whether an option overlaps with a product's name and does not contain it."""
    if product.last <= one.first or one.last <= product.first:
        return False
    is_longer = one.first <= product.first and product.last <= one.last
    return not (is_longer and (product.weak or one.last - one.first > product.last - product.first))


def _phrases(option: NamedOption) -> Iterator[Phrase]:
    """ "Large (500 ml)" is also called "large"."""
    for name in (option.name, _IN_BRACKETS.sub(" ", option.name), *option.aliases):
        tokens = split_tokens(reading_form(name))
        words = tuple(fold_word(token.text) for token in tokens if not token.text.isspace())
        if any(letter.isalnum() for word in words for letter in word):
            yield words
