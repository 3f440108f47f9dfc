"""The words of nlu/words/*/time_words.yml, folded as words are compared."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from nlu.fulfilment.said_words import Phrases, read_phrases, split_entry
from nlu.words import FOLDER
from nlu.words.vocabulary import load_vocabulary
from shop.language.word_files import read_entries

FILE = "time_words"
Words = frozenset[str]


@dataclass(frozen=True)
class TimeWords:
    """Each field is the entry of the same name in time_words.yml, where it is explained."""

    days: Phrases
    days_with_part: Phrases
    weekdays: Phrases
    short_weekdays: Phrases
    months: Phrases
    halves: Phrases
    clocks: Phrases
    before_hour: Phrases
    odd_hours: Phrases
    parts: Phrases
    parts_by_meal: Phrases
    amounts: Phrases
    and_a_half: Phrases
    from_now: Phrases
    now: Phrases
    now_alone: Phrases
    now_when_asked: Phrases
    haste: Phrases
    days_of_both_sides: Words
    past: Words
    of_the_past: Words
    before_weekday: Words
    dates: Words
    ordinals: Words
    oclock: Words
    greets: Words
    before_part: Words
    after_part: Words
    time_names: Words
    no_time_names: Words
    to_time: Words
    sets_time: Words
    at: Words
    for_clock: Words
    around: Words
    about: Words
    after_clock: Words
    follows: Words
    goes_on: Words
    between: Words
    ranges: Words
    minutes: Words
    hours: Words
    before_duration: Words
    minutes_follow: Words
    after_duration: Words
    not_before: Words
    not_after: Words
    no_haste: Words
    behind_haste: Words
    beside_answer: Words
    # The number that a word stands for: "paanch", "do".
    numbers: dict[str, int]
    # Every message that tells a time has one of these words, or a digit.
    signs_of_time: Words


_PHRASES = (
    "days", "days_with_part", "weekdays", "short_weekdays", "months", "halves", "clocks",
    "before_hour", "odd_hours", "parts", "parts_by_meal", "amounts", "and_a_half", "from_now",
    "now", "now_alone", "now_when_asked", "haste",
)  # fmt: skip
_OF_NO_NUMBER = (
    "days", "days_with_part", "weekdays", "clocks", "parts", "now", "now_alone", "haste",
)  # fmt: skip
_MEASURES = ("oclock", "minutes", "hours")


@cache
def time_words() -> TimeWords:
    """Reads time_words.yml of all languages once per process."""
    entries = read_entries(FILE, FOLDER)
    read: dict[str, Any] = {
        name: split_entry(entry) for name, entry in entries.items() if isinstance(entry, str)
    }
    read |= {name: read_phrases(entries[name]) for name in _PHRASES}
    begins = frozenset[str]().union(*(read[name].first_words for name in _OF_NO_NUMBER))
    return TimeWords(
        **read,
        numbers=_numbers(),
        signs_of_time=begins.union(*(read[name] for name in _MEASURES)),
    )


def _numbers() -> dict[str, int]:
    known = load_vocabulary()
    few = {word: value for word, value in known.only_before_a_product.items() if value > 1}
    return {**few, **known.numbers}
