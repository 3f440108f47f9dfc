"""Words that steer how products and numbers are read (nlu/words/*/vocabulary.yml), folded."""

from dataclasses import dataclass, fields
from functools import cache, cached_property
from typing import Any

from nlu.words import FOLDER
from nlu.words.tokens import fold_word
from shop.language.word_files import read_entries

Words = frozenset[str]
Values = dict[str, int]


@dataclass(frozen=True)
class Vocabulary:
    """Each field is the entry of the same name in vocabulary.yml, where it is explained."""

    numbers: Values
    scales: Values
    descriptions: Words
    only_before_a_product: Values
    vague: Words
    fractions: Words
    no_quantity_after: Words
    number_names: Words
    places: Words
    no_quantity_after_unless_product: Words
    no_quantity_before: Words
    measures: Words
    vessels: Words
    weights: Words
    eats: Words
    people: Words
    share_for: Words
    eaters: Words
    to_each: Words
    extras: Words
    ends_reach: Words
    separators: Words
    number_follows: Words
    orders: Words
    no_line_after: Words
    instead_of: Words
    no_line_before: Words
    dont: Words
    declines_behind: Words
    skips: Words
    past: Words
    give_after: Words
    give_words: Words
    each: Words
    takes_back: Words
    takes_back_at_once: Words
    takes_off: Words
    sums_up: Words
    adds: Words
    sentence_ends: Words
    english_do_subjects: Words
    english_do_verbs: Words
    courtesy: Words
    order_words: Words

    @cached_property
    def borders(self) -> Words:
        """Words that separate a number from a product."""
        return self.ends_reach | self.separators

    @cached_property
    def units(self) -> Words:
        """Words with which a number measures, and does not count."""
        return self.measures | self.weights | self.no_quantity_before


@cache
def load_vocabulary() -> Vocabulary:
    """Reads vocabulary.yml of all languages once per process."""
    entries = read_entries("vocabulary", FOLDER)
    return Vocabulary(
        **{field.name: _read_entry(entries[field.name]) for field in fields(Vocabulary)}
    )


@cache
def every_word() -> Words:
    """All words of vocabulary.yml."""
    entries = load_vocabulary()
    return frozenset(word for field in fields(Vocabulary) for word in getattr(entries, field.name))


def _read_entry(entry: Any) -> Any:
    if isinstance(entry, dict):
        return {word: value for value, words in entry.items() for word in _fold_all(words)}
    return _fold_all(entry)


def _fold_all(words: str) -> Words:
    return frozenset(fold_word(word) for word in words.split())
