"""Finds messages of the splits that stand in the training data: `make check-data`.

Such a message measures memory, not understanding. So no message of a split in NEVER_SEEN may be in
the training data: it is moved, as it is, to SEEN, whose figures are given apart
(nlu/evaluation/unseen.py). The other splits were learnt from, and are only counted.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import yaml
from rapidfuzz.distance import Levenshtein
from rapidfuzz.process import cdist

from nlu.checks.lines import Line, training_lines
from settings import ROOT
from shop.language.keyword_forms import normalise_keyword

SPLITS = ROOT / "tests" / "nlu"
# The test of today, and those of its messages that the training data holds as well.
TEST = SPLITS / "test_messages.yml"
SEEN = SPLITS / "seen_messages.yml"
# The splits of which no message may be in the training data.
NEVER_SEEN = (
    TEST,
    *(
        SPLITS / f"{name}.yml"
        for name in (
            "delivered_in_one_breath",
            "fresh_in_one_breath",
            "orders_in_one_breath",
            "orders_in_peoples_words",
            "strangers_in_one_breath",
        )
    ),
    *sorted(SPLITS.glob("shops/strangers/*.yml")),
)
# Messages this similar differ by a typo or an ending: one letter in ten.
_NEAR = 0.9
_MARKS = re.compile(r"[^\w\s\u0900-\u097f]")
# How many messages are compared at a time: bounds the memory of the matrix of similarities.
_AT_ONCE = 200


class Kind(StrEnum):
    """How alike a message and a training line are."""

    EXACT = "exact"
    NORMALISED = "normalised"  # the same without case, punctuation and blanks
    NEAR = "near"  # the same words in another order, or one letter in ten differs


@dataclass(frozen=True)
class Leak:
    """A message of a split, and the training line that is the same or nearly."""

    message: str
    kind: Kind
    line: Line


def find_leaks(messages: Sequence[str], lines: Iterable[Line]) -> list[Leak]:
    """The messages that are among the lines, each once, with the closest kind."""
    known = list({line.text: line for line in lines}.values())
    exact = {line.text.strip(): line for line in known}
    normal = {normalise_line(line.text): line for line in known}
    ordered = {_normalise_words(text): line for text, line in normal.items()}
    found, left = [], []
    for message in messages:
        form = normalise_line(message)
        if line := exact.get(message.strip()):
            found.append(Leak(message, Kind.EXACT, line))
        elif line := normal.get(form):
            found.append(Leak(message, Kind.NORMALISED, line))
        elif line := ordered.get(_normalise_words(form)):
            found.append(Leak(message, Kind.NEAR, line))
        else:
            left.append(message)
    return found + list(_nearly(left, normal))


def normalise_line(text: str) -> str:
    """The text without case, marks and double blanks; a text of marks alone stays as it is."""
    bare = normalise_keyword(_MARKS.sub(" ", text))
    return bare or text.strip()


def seen_messages(messages: Sequence[str]) -> frozenset[str]:
    """The messages that the training data holds, exactly or nearly, and all of the file SEEN."""
    leaks = find_leaks(messages, training_lines())
    return frozenset(leak.message for leak in leaks) | frozenset(read_texts(SEEN))


def advise(leak: Leak, split: Path) -> str:
    """Says what to do about a message of a never seen split that a training line gives away."""
    return (
        f"{leak.line.text!r} ({leak.line.intent} in {leak.line.file}) is {leak.message!r} of "
        f"{split.name} ({leak.kind}): take the line out, or move the message to {SEEN.name}."
    )


def read_texts(file: Path) -> list[str]:
    """The texts of all messages of a split."""
    return list(_texts(yaml.safe_load(file.read_text(encoding="utf-8"))))


def report_leaks() -> Iterator[str]:
    """Tables of the splits: their messages, and how many of them the training data holds."""
    lines = training_lines()
    learnt = sorted(set(SPLITS.glob("*.yml")) - {*NEVER_SEEN, SEEN})
    for title, files in (
        ("Never seen: no message of them may be in the training data", NEVER_SEEN),
        (f"Seen: taken out of {TEST.name}, measured apart", (SEEN,)),
        ("Learnt from", learnt),
    ):
        yield f"\n{title}"
        yield f"{'split':28}{'messages':>9}" + "".join(f"{kind:>12}" for kind in Kind)
        for file in files:
            texts = read_texts(file)
            count = Counter(leak.kind for leak in find_leaks(texts, lines))
            name = str(file.relative_to(SPLITS).with_suffix(""))
            yield f"{name:28}{len(texts):>9}" + "".join(f"{count[kind]:>12}" for kind in Kind)


def _normalise_words(text: str) -> str:
    return " ".join(sorted(text.split()))


def _nearly(messages: Sequence[str], normal: dict[str, Line]) -> Iterator[Leak]:
    """The messages that differ from a training line by at most one letter in ten.

    normal: the lines by their normalised text.
    """
    forms = list(normal)
    for begin in range(0, len(messages), _AT_ONCE):
        some = messages[begin : begin + _AT_ONCE]
        alike = cdist(
            [normalise_line(message) for message in some],
            forms,
            scorer=Levenshtein.normalized_similarity,
            score_cutoff=_NEAR,
        )
        for message, row in zip(some, alike, strict=True):
            best = int(row.argmax()) if len(row) else 0
            if len(row) and row[best] >= _NEAR:
                yield Leak(message, Kind.NEAR, normal[forms[best]])


def _texts(node: object) -> Iterator[str]:
    """Every `text` and `says`, and every string in a list `messages`, at any depth of the YAML."""
    if isinstance(node, dict):
        for key, value in node.items():
            if key in {"text", "says"}:
                yield value
            elif key == "messages":
                yield from (each for each in value if isinstance(each, str))
                yield from _texts(value)
            else:
                yield from _texts(value)
    elif isinstance(node, list):
        for each in node:
            yield from _texts(each)
