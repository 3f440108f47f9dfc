"""What of a sentence says how something is to be made."""

import pytest

from nlu.said.notes import find_notes_in
from shop.carts.notes import (
    LONGEST,
    WHOLE,
    Named,
    Noted,
    Notes,
    as_lines,
    find_notes,
    join_words,
    notes_contradict,
)
from shop.language.signs import Signs


def notes_of(text: str, products: list[Named], only: str = WHOLE) -> list[Noted]:
    """What is noted of these products with the signs of the text."""
    return find_notes(text, Signs(tuple(find_notes_in(text, text))), products, only)


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
    assert {one.product: one.words for one in notes_of(text, named(text, *products))} == notes


def test_two_of_one_product_are_told_apart_by_their_notes() -> None:
    text = "1 hot coffee, 1 coffee with ice"
    twice = [Named("coffee", 6, 12, "Coffee"), Named("coffee", 16, 22, "Coffee")]
    assert notes_of(text, twice) == [
        Noted("coffee", "hot", mention=0),
        Noted("coffee", "with ice", mention=1),
    ]


@pytest.mark.parametrize(
    ("text", "notes"),
    [
        ("change hot to cold", ["cold"]),
        ("make it hot not cold", ["hot"]),
        ("instead of cold make it warm", ["warm"]),
        ("thandi nahi garam", ["garam"]),
        ("2 with sugar", ["with sugar"]),
        ("actually normal sugar is fine", ["normal sugar"]),
        ("not too sweet please", ["not too sweet"]),
        ("chutney ke saath", ["chutney ke saath"]),
    ],
)
def test_what_is_refused_is_no_note(text: str, notes: list[str]) -> None:
    assert [one.words for one in notes_of(text, [])] == notes


@pytest.mark.parametrize(
    ("before", "now", "both"),
    [
        ("hot", "cold", "cold"),
        ("hot, no sugar", "cold", "no sugar; cold"),
        ("no sugar", "less milk", "no sugar; less milk"),
        ("no sugar", "normal sugar", "normal sugar"),
        ("no sugar or milk", "normal milk", "no sugar or milk; normal milk"),
        ("", "hot", "hot"),
        ("hot", "hot", "hot"),
    ],
)
def test_the_newer_note_of_the_same_thing_holds(before: str, now: str, both: str) -> None:
    assert join_words(before, now) == both


def test_what_contradicts() -> None:
    assert notes_contradict("hot", "cold")
    assert not notes_contradict("hot", "no sugar")
    assert not notes_contradict("", "cold")


def test_a_name_says_nothing_of_how_it_is_made() -> None:
    assert notes_of("2 cold coffees", [Named("frappe", 2, 14, "Cold Coffee")]) == []


def test_a_note_that_names_no_product_is_of_the_only_one() -> None:
    assert notes_of("less sugar", [], only="tea") == [Noted("tea", "less sugar")]


def test_notes_add_up() -> None:
    assert join_words("no sugar", "extra ginger") == "no sugar; extra ginger"


def test_a_note_has_an_end() -> None:
    long = notes_of("note: " + "very hot " * 100, [])[0].words
    assert len(long) <= LONGEST
    assert len(join_words(long, "no sugar")) <= LONGEST


def test_only_among_several_products_a_note_says_whose_it_is() -> None:
    notes = {"tea": "no sugar", WHOLE: "ring the bell"}
    assert as_lines(notes, {"tea": "Tea"}) == ["no sugar", "ring the bell"]
    several = as_lines(notes, {"tea": "Tea", "samosa": "Samosa"})
    assert several == ["Tea: no sugar", "ring the bell"]
