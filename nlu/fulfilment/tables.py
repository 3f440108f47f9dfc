"""Finds the table that an order goes to: "table 4", "mez number 7", "T12"."""

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from nlu.fulfilment.said_words import split_entry
from nlu.words import FOLDER
from nlu.words.small_words import word_set
from nlu.words.vocabulary import load_vocabulary
from shop.language.word_files import read_entries

_FILE = "way_words"
_NUMBER = re.compile(r"#?([a-z]{0,2}-?\d{1,3}[a-z]?)")
_STUCK = re.compile(rf"(?:{'|'.join(word_set('table', 'places'))})-?(\d{{1,3}}[a-z]?)")
_SHORT = re.compile(r"t-?\d{1,3}")
_MOST_LINKS = 3


class TableFound(NamedTuple):
    """A table's number as it was written, and the words that say so."""

    value: str
    first: int
    last: int


@cache
def _table_words() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    entries = read_entries(_FILE, FOLDER)
    tables, links, others = (
        split_entry(entries[name]) for name in ("tables", "table_links", "not_a_table")
    )
    return tables, links, others


def find_table(words: Sequence[str]) -> TableFound | None:
    """The first table that a message names."""
    tables, *_ = _table_words()
    for at, word in enumerate(words):
        if word in tables and (found := _behind(words, at) or _before(words, at)):
            return found
        if stuck := _STUCK.fullmatch(word):
            return TableFound(stuck[1], at, at + 1)
        if _SHORT.fullmatch(word) and len(words) > at and _stands_alone(words, at):
            return TableFound(word.upper(), at, at + 1)
    return None


def _behind(words: Sequence[str], table: int) -> TableFound | None:
    """A number behind the word "table": "table no. 4"."""
    _, links, others = _table_words()
    at = table + 1
    while at < len(words) and at - table <= _MOST_LINKS and words[at] in links:
        at += 1
    if at >= len(words) or (at + 1 < len(words) and words[at + 1] in others):
        return None
    if number := _NUMBER.fullmatch(words[at]):
        letters = not number[1][0].isdigit()
        return TableFound(number[1].upper() if letters else number[1], table, at + 1)
    count = load_vocabulary().numbers.get(words[at])
    return TableFound(str(count), table, at + 1) if count else None


def _before(words: Sequence[str], table: int) -> TableFound | None:
    """A number before the word "table": "4 number table"."""
    _, links, _ = _table_words()
    at = table - 1
    while at > 0 and words[at] in links:
        at -= 1
    if at < 0 or at == table - 1 or not words[at].isdecimal():
        return None
    return TableFound(words[at], at, table + 1)


def _stands_alone(words: Sequence[str], at: int) -> bool:
    """Whether a word such as "T12" stands by itself or beside a "to": "bring 2 teas to T12"."""
    before = at == 0 or not words[at - 1][-1].isalnum() or words[at - 1] in _beside_short()[0]
    ends = at + 1 == len(words) or not words[at + 1][:1].isalnum()
    return before and (ends or words[at + 1] in _beside_short()[1])


@cache
def _beside_short() -> tuple[frozenset[str], frozenset[str]]:
    entries = read_entries(_FILE, FOLDER)
    return split_entry(entries["before_short_table"]), split_entry(entries["behind_short_table"])
