"""Finds training lines that a pattern gives another intent: training on them changes nothing."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from nlu.catalogue.live_catalogue import seed_catalogue
from nlu.checks.lines import Line
from nlu.intents.certain_intents import find_certain
from nlu.intents.certain_words import Certain
from nlu.message_reading import read_message


@dataclass(frozen=True)
class Taken:
    """A line, and what decides its intent instead."""

    line: Line
    decided: Certain

    def __str__(self) -> str:
        return (
            f"{self.line.text!r} as {self.line.intent} is always {self.decided.intent}, by "
            f"{self.decided.describe()}"
        )


def find_taken(lines: Sequence[Line]) -> Iterator[Taken]:
    """The lines that have another intent than their own, even if the classifier finds theirs."""
    catalogue = seed_catalogue()
    for line in lines:
        decided = find_certain(line.text, read_message(line.text, catalogue), line.intent)
        if decided and decided.intent != line.intent:
            yield Taken(line, decided)
