"""Reads the terms of an order in a message (address, table, way, time) as entities."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Literal, NamedTuple

from nlu.fulfilment.places.address_words import address_words
from nlu.fulfilment.places.addresses import (
    AddressFound,
    find_address,
    is_question,
    may_hold_address,
)
from nlu.fulfilment.said_words import Said, split_entry, split_said
from nlu.fulfilment.tables import TableFound, find_table
from nlu.fulfilment.term_spelling import correct_terms
from nlu.fulfilment.times import TimeFound, find_time
from nlu.fulfilment.ways import WayFound, find_ways, settled_ways
from nlu.words import FOLDER
from shop.language.word_files import read_entries

# Characters that no text has. Two, in turn, so that spans that touch stay apart.
_BLOTS = "\ue001\ue002"
# The classifier reads this in place of an address, whose words say nothing about the intent.
_ANY_ADDRESS = "home"

FulfilmentAlone = Literal["address", "table", "way", "time"]
Span = tuple[int, int]


class Blot(NamedTuple):
    """Characters of a text that say a term, and what the classifier reads in their place."""

    start: int
    end: int
    legible: str


class SaidEntity(NamedTuple):
    """An entity's name and value, and the characters of the text that say it."""

    name: str
    value: Any
    start: int
    end: int


@dataclass(frozen=True)
class Fulfilment:
    """The terms in a message.

    alone: the kind of the main term, if the message says nothing else."""

    entities: list[SaidEntity] = field(default_factory=list)
    blots: list[Blot] = field(default_factory=list)
    alone: FulfilmentAlone | None = None

    def blot_out(self, text: str) -> str:
        """The text with the terms replaced by characters that are no words, at the same length."""
        parts, done = [], 0
        for at, blot in enumerate(self.blots):
            parts += [text[done : blot.start], _BLOTS[at % 2] * (blot.end - blot.start)]
            done = blot.end
        return "".join([*parts, text[done:]])


def read_fulfilment(text: str, find_products: Callable[[], Iterable[Span]]) -> Fulfilment:
    """Reads the terms in a text.

    find_products: returns the spans of products in the text; called only if it is needed."""
    said = correct_terms(split_said(text))
    words = [each.word for each in said]
    table = find_table(words)
    taken = _places([table] if table else [])
    asks = "?" in words or is_question(words)
    ways = find_ways(
        words, taken, lambda: set() if asks else _places(_in_words(said, find_products()))
    )
    taken |= _places(ways)
    time = find_time(text, said, taken, lambda: _places(_in_words(said, find_products())))
    taken |= _places(time.all_spans if time else [])
    address = None
    if may_hold_address(words):
        address = find_address(words, taken, _in_words(said, find_products()))
    ways = settled_ways(ways, is_timed=bool(time), is_placed=bool(table or address))
    if not (table or ways or time or address):
        return Fulfilment()
    found = _Found(text, said, words, table, ways, time, address)
    return Fulfilment(found.entities(), found.blots(), found.alone())


def _in_words(said: Sequence[Said], spans: Iterable[Span]) -> list[Span]:
    """The words (first to last, exclusive) that spans of characters touch."""
    starts, ends = [each.start for each in said], [each.end for each in said]
    touched = ((bisect_right(ends, start), bisect_left(starts, end)) for start, end in spans)
    return [(first, last) for first, last in touched if first < last]


def _places(spans: Iterable[Any]) -> set[int]:
    """The places of all words in the spans."""
    return {at for span in spans for at in range(*_ends(span))}


def _ends(span: Any) -> Span:
    return (span[0], span[1]) if type(span) is tuple else (span.first, span.last)


class _Found(NamedTuple):
    """The terms that were found, as spans of words; its methods give spans of characters."""

    text: str
    said: Sequence[Said]
    words: Sequence[str]
    table: TableFound | None
    ways: list[WayFound]
    time: TimeFound | None
    address: AddressFound | None

    def entities(self) -> list[SaidEntity]:
        entities: list[SaidEntity] = []
        if self.address:
            start, end = self._span((self.address.first, self.address.last))
            value = {"text": self.text[start:end], "postcode": self.address.postcode}
            entities.append(SaidEntity("address", value, start, end))
        if self.table:
            span = self._span((self.table.first, self.table.last))
            entities.append(SaidEntity("table_number", self.table.value, *span))
        if self.ways:
            way = self.ways[-1]
            entities.append(SaidEntity("fulfilment", way.value, *self._span((way.first, way.last))))
        if self.time:
            spans = [self._span(span) for span in self.time.spans]
            entities.append(SaidEntity("time", self.time.value, *spans[0]))
        return sorted(entities, key=lambda entity: entity.start)

    def blots(self) -> list[Blot]:
        """The characters that reading the order must leave out, in text order."""
        spans = [*(self.time.all_spans if self.time else []), *(_ends(way) for way in self.ways)]
        blots = [self._blot(span) for span in spans]
        if self.table:
            blots.append(self._blot((self.table.first, self.table.last)))
        if self.address:
            start, end = self._span((self.address.first, self.address.last))
            blots.append(Blot(start, end, _ANY_ADDRESS))
            if self.address.pin:
                blots.append(self._blot(self.address.pin))
        return sorted(blots)

    def alone(self) -> FulfilmentAlone | None:
        """The kind of the main term, if no other word of the message says anything."""
        words = self.words
        if "?" in words or is_question(words) or self.words[0] in address_words().asks_first:
            return None
        held = _places([each for each in (self.table, self.address) if each])
        held |= _places([*self.ways, *(self.time.all_spans if self.time else [])])
        if self.address and self.address.pin:
            held.update(range(*self.address.pin))
        kind = self._chief()
        silent = _silent_words(kind)
        rest = (word for at, word in enumerate(words) if at not in held and word[0].isalnum())
        return kind if kind and all(word in silent for word in rest) else None

    def _chief(self) -> FulfilmentAlone | None:
        if self.address:
            return "address"
        if self.table:
            return "table"
        if self.ways:
            return "way"
        return "time" if self.time and _names_a_time(self.time.value) else None

    def _span(self, span: Span) -> Span:
        return self.said[span[0]].start, self.said[span[1] - 1].end

    def _blot(self, span: Span) -> Blot:
        start, end = self._span(span)
        return Blot(start, end, self.text[start:end])


def _names_a_time(value: Mapping[str, Any]) -> bool:
    """Whether it tells a time clearly enough; "evening!" may be a greeting."""
    clear = value["clock"] or value["in_minutes"] or value["now"] or value["day"]
    return bool(clear) or " " in value["text"]


@cache
def _silent_words(kind: FulfilmentAlone | None) -> frozenset[str]:
    """Words that say nothing beside a term of this kind."""
    entries = read_entries("way_words", FOLDER)
    silent = split_entry(entries["silent"])
    if kind == "address":
        return silent | address_words().silent
    own = entries.get(f"silent_{kind}")
    return silent | split_entry(own) if own else silent
