"""Which messages of a split the training data holds; none of a split that was never seen."""

from pathlib import Path

import pytest

from nlu.checks.leaks import (
    NEVER_SEEN,
    SEEN,
    TEST,
    Kind,
    advise,
    find_leaks,
    normalise_line,
    read_texts,
    seen_messages,
)
from nlu.checks.lines import Line, read_lines, training_lines

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
    file.write_text(
        "shops:\n- orders: [{text: one}, {text: two}]\n"
        "messages: [three, {text: four}, {says: five}]"
    )
    assert read_texts(file) == ["one", "two", "three", "four", "five"]


@pytest.mark.parametrize("split", NEVER_SEEN, ids=lambda split: split.stem)
def test_no_message_of_a_never_seen_split_is_in_the_training_data(split: Path) -> None:
    texts = read_texts(split)
    assert texts
    assert [advise(leak, split) for leak in find_leaks(texts, training_lines())] == []


def test_who_gives_a_message_away_reads_what_to_do() -> None:
    [leak] = find_leaks(["Where is my order??"], LINES)
    assert advise(leak, TEST) == (
        "'where is my order' (track_order in a.yml) is 'Where is my order??' of test_messages.yml "
        "(normalised): take the line out, or move the message to seen_messages.yml."
    )


def test_what_was_seen_stands_apart_and_stays_seen() -> None:
    seen, test = read_texts(SEEN), read_texts(TEST)
    assert not set(seen) & set(test)
    # Also a message whose line has left the training data was learnt from once.
    assert seen_messages([*test, *seen]) == frozenset(seen)
