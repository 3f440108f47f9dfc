"""The file to label: Rasa reads it as it stands, whatever customers wrote."""

from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rasa.shared.nlu.training_data.formats.rasa_yaml import RasaYAMLReader

from nlu.label import ToLabel, distinct_texts, label_document, label_key, labelled_examples


def kept(text: str, guess: str = "track_order", meant: str | None = None) -> SimpleNamespace:
    return SimpleNamespace(text=text, guess=guess, meant=meant)


def read(written: str) -> list[tuple[str, str]]:
    """The texts and intents that Rasa finds in a file; its entities would be ours."""
    data = RasaYAMLReader().reads(written)
    assert not data.entity_examples
    return [(each.get("text"), each.get("intent")) for each in data.training_examples]


def test_what_was_meant_stands_before_what_is_guessed() -> None:
    lines = distinct_texts(
        [kept("coffee he said", meant="new_order"), kept("qwx"), kept("so the rider")], set()
    )
    written = label_document(lines)
    assert read(written) == [
        ("coffee he said", "new_order"),
        ("qwx", "track_order"),
        ("so the rider", "track_order"),
    ]
    sure, guessed = written.split("# Not understood")
    assert "Chosen by the customers" in sure
    assert "coffee he said" in sure
    assert "qwx" in guessed


def test_a_text_stands_once_under_what_was_meant_last() -> None:
    lines = distinct_texts(
        [
            kept("So the  rider"),
            kept("so the rider", meant="talk_to_human"),
            kept("so the rider", meant="track_order"),
        ],
        set(),
    )
    assert lines == [ToLabel("so the rider", "talk_to_human", True)]


def test_what_is_labelled_already_is_left_out() -> None:
    known = labelled_examples()
    assert len(known) > 500
    assert label_key(next(iter(known))) in known
    assert distinct_texts([kept(next(iter(known)).upper())], known) == []


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("two\nlines\tand\x00more", "two lines andmore"),
        ("[coffee](product) {x}", "(coffee)(product) (x)"),
        ("- a: b # c", "- a: b # c"),
        ("# no comment", "# no comment"),
        ("\u0915\u094d\u200d\u0937", "\u0915\u094d\u200d\u0937"),
        ("  ", None),
    ],
)
def test_any_text_is_one_example(text: str, shown: str | None) -> None:
    lines = distinct_texts([kept(text), kept("the other")], set())
    found = [one for one, _ in read(label_document(lines))]
    assert found == ([shown] if shown else []) + ["the other"]


@settings(deadline=None)  # reading YAML takes its time on a busy machine
@given(st.lists(st.text(min_size=1), min_size=1))
def test_rasa_reads_whatever_was_written(texts: list[str]) -> None:
    lines = distinct_texts([kept(text) for text in texts], set())
    if lines:
        assert [text for text, _ in read(label_document(lines))] == [line.text for line in lines]
