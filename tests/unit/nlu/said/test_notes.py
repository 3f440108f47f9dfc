"""Which words say how something is to be made."""

import pytest

from nlu.said.notes import are_dropped, notes_in
from nlu.said.said import find_signs


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("5 samosas without onion", "without onion"),
        ("2 coffees with no sugar", "with no sugar"),
        ("2 large coffees", "large"),
        ("a tea with less milk and sugar please", "with less milk and sugar"),
        ("ek chai cheeni kam", "cheeni kam"),
        ("pyaz mat dalna", "pyaz mat dalna"),
        ("एक चाय बिना चीनी", "बिना चीनी"),
        ("make it less sweet", "less sweet"),
        ("2 cold coffees", "cold"),
        ("एक गरम चाय", "गरम"),
        ("2 coffees and 3 samosas", None),
        ("no problem, one more coffee", None),
        ("no coffee", None),
    ],
)
def test_a_note(text: str, note: str | None) -> None:
    assert [text[start:end] for start, end in notes_in(text)] == ([note] if note else [])


def test_several_notes() -> None:
    text = "2 large coffees with no sugar"
    assert [text[start:end] for start, end in notes_in(text)] == ["large", "with no sugar"]


def test_notes_are_taken_back() -> None:
    assert not are_dropped("no sugar")
    for words in ("no note", "remove the note please", "note hata do", "नोट हटा दो"):
        assert are_dropped(words)


def test_what_is_sold_is_no_note() -> None:
    milk = [{"entity": "product", "value": "milk", "start": 7, "end": 11}]
    assert any(one.name == "refused_before" for one in find_signs("remove milk", milk, {}))
    tea = [{"entity": "product", "value": "tea", "start": 21, "end": 24}]
    said = find_signs("remove milk from the tea", tea, {})
    assert not any(one.name == "refused_before" for one in said)
