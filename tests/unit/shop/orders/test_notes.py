"""What of a sentence says how something is to be made."""

import pytest

from shop.orders.notes import (
    LONGEST,
    WHOLE,
    Named,
    Notes,
    as_lines,
    notes_in,
    notes_said,
    with_notes,
)


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


def named(text: str, *products: str) -> list[Named]:
    return [
        Named(one.split()[-1][:3], text.index(one), text.index(one) + len(one), one.split()[-1])
        for one in products
    ]


@pytest.mark.parametrize(
    ("text", "products", "notes"),
    [
        ("2 large coffees with no sugar", ["coffees"], {"cof": "large, with no sugar"}),
        ("no sugar please", [], {WHOLE: "no sugar"}),
        ("2 cold coffees", ["cold coffees"], {"cof": "cold"}),
        ("no masala chai please", ["masala chai"], {}),
        ("2 hot coffees, a tea", ["coffees", "tea"], {"cof": "hot"}),
        ("2 coffees, a large hot tea", ["coffees", "tea"], {"tea": "large, hot"}),
        ("a tea less sugar and 2 samosas", ["tea", "samosas"], {"tea": "less sugar"}),
        ("no sugar in the tea and a coffee", ["tea", "coffee"], {"tea": "no sugar"}),
        ("2 coffees, a tea", ["coffees", "tea"], {}),
        ("Note: ring the bell twice", [], {WHOLE: "ring the bell twice"}),
        ("add a note - no nuts, I am allergic", [], {WHOLE: "no nuts, I am allergic"}),
        ("नोट: घंटी बजाएँ", [], {WHOLE: "घंटी बजाएँ"}),
        ("notebook 2", [], {}),
    ],
)
def test_what_is_noted(text: str, products: list[str], notes: Notes) -> None:
    assert notes_said(text, named(text, *products)) == notes


def test_two_of_one_product_are_told_apart_by_the_whole() -> None:
    text = "1 hot coffee, 1 coffee with ice"
    twice = [Named("coffee", 6, 12, "Coffee"), Named("coffee", 16, 22, "Coffee")]
    assert notes_said(text, twice) == {"coffee": text}


def test_a_name_says_nothing_of_how_it_is_made() -> None:
    assert notes_said("2 cold coffees", [Named("frappe", 2, 14, "Cold Coffee")]) == {}


def test_a_note_that_names_no_product_is_of_the_only_one() -> None:
    assert notes_said("less sugar", [], only="tea") == {"tea": "less sugar"}


def test_notes_add_up_and_are_taken_back() -> None:
    before = {"tea": "no sugar"}
    assert with_notes({}, "no sugar", before) == before
    assert with_notes(before, "no sugar please", before) == before
    more = {"tea": "extra ginger"}
    assert with_notes(before, "extra ginger", more) == {"tea": "no sugar; extra ginger"}
    assert with_notes(before, "3 please", {}) == before
    for words in ("no note", "remove the note please", "note hata do", "नोट हटा दो"):
        assert with_notes(before, words, {}) == {}


def test_a_note_has_an_end() -> None:
    long = notes_said("note: " + "very hot " * 100, [])
    assert len(long[WHOLE]) <= LONGEST
    assert len(with_notes(long, "no sugar", {WHOLE: "no sugar"})[WHOLE]) <= LONGEST


def test_only_among_several_products_a_note_says_whose_it_is() -> None:
    notes = {"tea": "no sugar", WHOLE: "ring the bell"}
    assert as_lines(notes, {"tea": "Tea"}) == ["no sugar", "ring the bell"]
    several = as_lines(notes, {"tea": "Tea", "samosa": "Samosa"})
    assert several == ["Tea: no sugar", "ring the bell"]
