"""Each way in which phones write the same words, and what must not be mistaken for one."""

import unicodedata

import pytest

from nlu.said.order_numbers import order_number_in
from shop.language.keyword_forms import normalise_keyword
from shop.language.reading_form import id_form, reading_form, reading_form_with_places
from shop.support import tickets


@pytest.mark.parametrize(
    ("typed", "form"),
    [
        ("\u200fmenu\u200e", "menu"),
        ("\u202bme\u200bnu\u202c \u2066now\u2069", "menu now"),
        ("\ufeffmenu\u2060", "menu"),
        ("me\u00adnu", "menu"),
        ("ORD\u201148213", "ORD-48213"),
        ("ORD\u201448213", "ORD-48213"),
        ("ORD\u201348213", "ORD-48213"),
        ("2\u22123", "2-3"),
        ("don\u2019t \u2018now\u2019", "don't 'now'"),
        ("\u201cyes\u201d", '"yes"'),
        ("\uff12 \uff43\uff4f\uff46\uff46\uff45\uff45", "2 coffee"),
        ("\U0001d7d0 \U0001d41c\U0001d428", "2 co"),
        ("\u0662 \u09e9 \u0ae8", "2 3 2"),
        ("2\u00a0coffees\u202fand\u30001 tea", "2 coffees and 1 tea"),
        ("one\u2028two\u0085three", "one\ntwo\nthree"),
        ("cafe\u0301", "caf\u00e9"),
        ("wait\u2026", "wait..."),
        ("2\ufe0f\u20e3", "2"),
        ("\u0915\u094d\u200d\u0937", "\u0915\u094d\u0937"),
        ("a\x07b\x00c", "abc"),
        ("\u2460 tea", "1. tea"),
    ],
)
def test_one_form(typed: str, form: str) -> None:
    assert reading_form(typed) == form


@pytest.mark.parametrize(
    "text",
    [
        "2½ kg",
        "5 m²",
        "👩\u200d🍳",
        "❤️",
        "☕️ x 2",
        "मेनू २",
        "naïve",
        "50% off @ 5:30\n₹120",
        "",
        "\u0301",
    ],
)
def test_what_says_something_stays(text: str) -> None:
    assert reading_form(text) == unicodedata.normalize("NFC", text)


@pytest.mark.parametrize("text", ["\u200fme\u200bnu", "cafe\u0301 2️⃣", "don’t", "①", "२ चाय", "…"])
def test_the_form_of_a_form_is_itself(text: str) -> None:
    assert reading_form(reading_form(text)) == reading_form(text)


def test_places_lead_back_to_what_was_typed() -> None:
    typed = "\u200f2\ufe0f\u20e3 cafe\u0301\u200b now"
    form, places = reading_form_with_places(typed)
    assert len(form) == len(places)
    start = form.index("caf")
    assert typed[places[start][0] : places[start + 3][1]] == "cafe\u0301"
    assert typed[places[0][0] : places[0][1]] == "2\ufe0f\u20e3"


@pytest.mark.parametrize(
    "typed",
    [
        "menu",
        "\u200fMenu\u200e",
        "Ｍｅｎｕ",
        "mén\u00fc",
        "me\u0301nu",
        "\u2066menu\u2069!",
        "\u00a0menu\u2026",
    ],
)
def test_keywords_are_met(typed: str) -> None:
    assert normalise_keyword(typed) == "menu"


@pytest.mark.parametrize(
    "typed",
    [
        "ORD\u201148213",
        "\u200fORD-48213\u200e",
        "ＯＲＤ－４８２１３",
        "ord\u201448213",
        "ORD-४८२१३",
        "ORD\u00a048213",
    ],
)
def test_order_numbers_are_met(typed: str) -> None:
    assert order_number_in(typed) == "ORD-48213"


@pytest.mark.parametrize(
    "typed", ["TKT\u2011482136", "tkt\u200f-482136", "TKT \u0664\u0668\u0662\u0661\u0663\u0666"]
)
def test_ticket_numbers_are_met(typed: str) -> None:
    assert tickets.ticket_number_in(typed) == "TKT-482136"


def test_every_digit_of_an_id_is_latin() -> None:
    assert id_form("४८ ٤٨ ４８") == "48 48 48"
