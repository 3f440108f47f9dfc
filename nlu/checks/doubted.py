"""Shows which training lines a model that has not learnt them takes for another intent."""

from collections.abc import Sequence
from dataclasses import dataclass

from nlu.catalogue.live_catalogue import seed_catalogue
from nlu.checks.conflicts import Vectors
from nlu.checks.lines import Line
from nlu.intents.intent_model import Inputs
from nlu.intents.thresholds import out_of_fold
from nlu.message_reading import read_message
from nlu.words.typos import english_words


@dataclass(frozen=True)
class Doubted:
    """A line and the intent for which it is taken by what was learnt from the other folds.

    `sure` is the confidence in that intent, `own` the one in the line's own.
    """

    line: Line
    taken_for: str
    sure: float
    own: float

    @property
    def margin(self) -> float:
        """By how much the other intent is likelier; the larger, the worse."""
        return self.sure - self.own

    def __str__(self) -> str:
        return (
            f"{self.sure:.2f} {self.taken_for} (own intent {self.own:.2f})  {self.line.text!r} as "
            f"{self.line.intent} in {self.line.file}"
        )


def find_doubted(lines: Sequence[Line], vectors: Vectors) -> list[Doubted]:
    """The lines whose own intent is not the likeliest out of fold, the worst first."""
    evidence = out_of_fold(read_inputs(lines, vectors), [line.intent for line in lines])
    likeliest = evidence.shares.argmax(axis=1)
    found = [
        Doubted(line, evidence.labels[first], float(row[first]), float(row[own]))
        for line, row, first in zip(lines, evidence.shares, likeliest, strict=True)
        if (own := evidence.labels.index(line.intent)) != first
    ]
    return sorted(found, key=lambda doubted: -doubted.margin)


def read_inputs(lines: Sequence[Line], vectors: Vectors) -> Inputs:
    """What the training shows the intent model of each line."""
    catalogue = seed_catalogue()
    readings = [read_message(line.text, catalogue) for line in lines]
    return Inputs.from_readings(
        readings, vectors([english_words(reading.legible) for reading in readings])
    )
