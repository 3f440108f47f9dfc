"""Orders and order numbers that come with characters which nobody sees or means."""

import pytest

from nlu.catalogue.live_catalogue import seed_catalogue
from nlu.message_reading import Reading, read_message


def lines(reading: Reading) -> list[tuple[str, object]]:
    return [(entity["entity"], entity["value"]) for entity in reading.entities]


TWO_COFFEES = [("quantity", 2), ("product", "coffee")]


@pytest.mark.parametrize(
    "text",
    [
        "\u200f2 coffees",
        "2\u200b coffees\u200e",
        "\u20662\u2069 cof\u200bfees",
        "２ ｃｏｆｆｅｅｓ",
        "2\u00a0coffees",
        "2\u3000c\u00f3ffees",
        "2 co\u0301ffees",
        "2\u2060 cof\u00adfees",
        "\u0662 coffees",
        "\u09e8 coffees",
        "\U0001d7d0 coffees",
        "2\ufe0f\u20e3 coffees",
    ],
)
def test_two_coffees(text: str) -> None:
    reading = read_message(text, seed_catalogue())
    assert lines(reading) == TWO_COFFEES
    for entity in reading.entities:
        assert text[entity["start"] : entity["end"]].strip()


@pytest.mark.parametrize("sign", ["\u2014", "\u2013", "\u2011", "\u2212", "\uff0d"])
def test_a_number_behind_any_dash(sign: str) -> None:
    assert lines(read_message(f"coffee {sign} 2", seed_catalogue())) == TWO_COFFEES[::-1]


@pytest.mark.parametrize(
    "text", ["ORD\u201148213", "ORD\u201448213", "\u200fORD-48213", "ＯＲＤ-４８２１３"]
)
def test_order_numbers(text: str) -> None:
    assert lines(read_message(text, seed_catalogue())) == [("order_id", "ORD-48213")]


def test_a_curly_apostrophe_refuses_as_well() -> None:
    straight, curly = (
        read_message(f"don{sign}t add coffee, just 2 teas", seed_catalogue()) for sign in "'’"
    )
    assert lines(straight) == lines(curly)


def test_places_are_those_of_what_was_typed() -> None:
    text = "\u200fsend\u200b 2\u00a0cof\u200bfees"
    quantity, product = read_message(text, seed_catalogue()).entities
    assert text[quantity["start"] : quantity["end"]] == "2"
    assert text[product["start"] : product["end"]] == "cof\u200bfees"
