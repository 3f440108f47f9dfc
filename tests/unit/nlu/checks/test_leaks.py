"""Which messages of a split the training data holds; no line is written after the test."""

from collections import Counter
from pathlib import Path

import pytest

from nlu.checks.leaks import SPLITS, Kind, find_leaks, normalise_line, read_texts
from nlu.checks.lines import Line, read_lines, training_lines

# The split that is the test today (docs/understanding.md); the others were learnt from. What people
# write most ("hi", "2 coffee") stands in both. The split was written unseen and is never edited, so
# these stay, and the figures are given without them.
KNOWN = {Kind.EXACT: 41, Kind.NORMALISED: 45, Kind.NEAR: 9}
LINES = [
    Line("2 coffee", "new_order", "a.yml"),
    Line("where is my order", "track_order", "a.yml"),
    Line("mera order kahan hai", "track_order", "a.yml"),
    Line("👍", "affirm", "a.yml"),
]


@pytest.mark.parametrize(
    ("message", "kind"),
    [
        ("2 coffee", Kind.EXACT),
        ("2 Coffee!", Kind.NORMALISED),
        ("Where is my order??", Kind.NORMALISED),
        ("kahan hai mera order", Kind.NEAR),
        ("where is my orders", Kind.NEAR),
        ("👍", Kind.EXACT),
        ("3 coffee", None),
        ("where is your shop", None),
        ("🙏", None),
    ],
)
def test_kinds(message: str, kind: Kind | None) -> None:
    assert [leak.kind for leak in find_leaks([message], LINES)] == ([kind] if kind else [])


def test_what_is_left_of_a_mark_is_itself() -> None:
    assert normalise_line("  ?? ") == "??"
    assert normalise_line("Chai, 2 कप!") == "chai 2 कप"


def test_lines_are_read_without_their_annotations(tmp_path: Path) -> None:
    file = tmp_path / "a.yml"
    file.write_text(
        "nlu:\n- intent: order\n  examples: |\n"
        '    - [two]{"entity": "quantity", "value": "2"} [teas](product)\n    - tea\n'
    )
    assert read_lines(file) == [Line("two teas", "order", "a.yml"), Line("tea", "order", "a.yml")]


def test_every_message_of_a_split_is_read(tmp_path: Path) -> None:
    file = tmp_path / "a.yml"
    file.write_text("shops:\n- orders: [{text: one}, {text: two}]\nmessages: [three, {text: four}]")
    assert read_texts(file) == ["one", "two", "three", "four"]


def test_no_line_was_written_after_the_test() -> None:
    leaks = find_leaks(read_texts(SPLITS / "test_messages.yml"), training_lines())
    count = Counter(leak.kind for leak in leaks)
    assert count[Kind.EXACT] <= KNOWN[Kind.EXACT]
    assert count[Kind.EXACT] + count[Kind.NORMALISED] <= KNOWN[Kind.EXACT] + KNOWN[Kind.NORMALISED]
    assert count.total() <= sum(KNOWN.values())
