"""The words of nlu/words/*/address_words.yml, folded as words are compared."""

from dataclasses import dataclass, fields
from functools import cache, cached_property
from typing import Any

from nlu.fulfilment.said_words import Phrases, read_phrases, split_entry
from nlu.words import FOLDER
from nlu.words.small_words import word_set
from shop.language.word_files import read_entries

FILE = "address_words"
Words = frozenset[str]


@dataclass(frozen=True)
class AddressWords:
    """Each field is the entry of the same name in address_words.yml, where it is explained."""

    near: Phrases
    near_behind: Phrases
    inside: Phrases
    leads_sure: Phrases
    leads: Phrases
    leads_weak: Phrases
    leads_behind: Phrases
    units_strong: Words
    units_weak: Words
    number_names: Words
    lettered: Words
    ordinals: Words
    not_units: Words
    ways_strong: Words
    ways_weak: Words
    endings: tuple[str, ...]
    localities: Words
    no_landmarks: Words
    pins: Words
    pin_links: Words
    stops: Words
    joiners: Words
    fractions: Words
    order_numbers: Words
    silent: Words
    asks_anywhere: Words
    asks_first: Words
    greets: Words
    asks_about: Words
    tells: Words

    @cached_property
    def units_only(self) -> Words:
        """Units that are no streets: "flat", "room"."""
        return self.units_strong - self.ways_strong

    @cached_property
    def begins_place(self) -> Words:
        """First words of phrases beside an address."""
        firsts = (phrases.first_words for phrases in (self.near, self.near_behind, self.leads_sure))
        return frozenset[str]().union(*firsts) - self.stops | word_set("address", "places")

    @cached_property
    def of_places(self) -> Words:
        """Words that may be part of an address by themselves."""
        units, ways = self.units_strong | self.units_weak, self.ways_strong | self.ways_weak
        return units | ways | self.localities

    @cached_property
    def signs_of_place(self) -> Words:
        """Every address has one of these words, a house number or a PIN code."""
        return self.of_places | self.begins_place

    def is_of_a_place(self, word: str) -> bool:
        """Whether a word may belong to an address by itself."""
        return word in self.of_places


@cache
def address_words() -> AddressWords:
    """Reads address_words.yml of all languages once per process."""
    entries = read_entries(FILE, FOLDER)
    read: dict[str, Any] = {
        field.name: (split_entry if isinstance(entries[field.name], str) else read_phrases)(
            entries[field.name]
        )
        for field in fields(AddressWords)
    }
    return AddressWords(**{**read, "endings": tuple(read["endings"])})
