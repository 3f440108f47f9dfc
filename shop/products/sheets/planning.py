"""What an import would do, line by line, before anything is done."""

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

State = Literal["new", "changed", "same", "wrong"]
Changes = dict[str, tuple[str, str]]


@dataclass
class PlannedLine:
    """One line: what it is about, what would change (before, after), and what is wrong with it."""

    number: int
    title: str
    state: State = "same"
    changes: Changes = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def settle(self, *, is_new: bool) -> None:
        """Sets the state of the line once its changes and errors are known."""
        if self.problems:
            self.state = "wrong"
        else:
            self.state = "new" if is_new else "changed" if self.changes else "same"


@dataclass(frozen=True)
class Counts:
    """How many lines there are of each state."""

    new: int
    changed: int
    same: int
    wrong: int


def count_states(lines: Sequence[PlannedLine]) -> Counts:
    """How many lines there are of each state."""
    found = Counter(line.state for line in lines)
    return Counts(found["new"], found["changed"], found["same"], found["wrong"])


def plan_mark(lines: Sequence[PlannedLine], *beside: object) -> str:
    """A mark of the plan: it shows whether the plan that somebody agreed to is still the same."""
    digest = hashlib.sha256()
    for part in _parts(lines, beside):
        digest.update(part.encode())
    return digest.hexdigest()[:32]


def _parts(lines: Sequence[PlannedLine], beside: tuple[object, ...]) -> Iterator[str]:
    yield repr(beside)
    for line in lines:
        yield repr((line.number, line.title, line.state, sorted(line.changes.items())))
