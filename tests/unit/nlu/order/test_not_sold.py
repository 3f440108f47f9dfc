"""What is ordered beside products and not sold."""

import pytest

from nlu.catalogue.live_catalogue import seed_catalogue
from nlu.message_reading import read_message


def not_sold(text: str) -> list[str]:
    entities = read_message(text, seed_catalogue()).entities
    return [entity["value"] for entity in entities if entity["entity"] == "not_sold"]


@pytest.mark.parametrize(
    ("text", "things"),
    [
        ("2 burgers and a coffee", ["2 burgers"]),
        ("coffee and 2 vada pav", ["2 vada pav"]),
        ("3 teas, 2 idlis and 4 dosas please", ["2 idlis", "4 dosas"]),
        ("2 samosa 3 kachoris", ["3 kachoris"]),
    ],
)
def test_things_of_other_shops(text: str, things: list[str]) -> None:
    assert not_sold(text) == things


@pytest.mark.parametrize(
    "text",
    [
        "two teas, one strong and one light",
        "5 chai, 3 without sugar, 2 normal",
        "four friends, 4 pakora 4 coffee",
        "11 coffees for 11 tired interns",
        "2 coffees to table 5, 3rd floor",
        "2 burgers",  # the whole wish is not sold: the catalogue is the answer
    ],
)
def test_how_things_are_and_who_eats_them(text: str) -> None:
    assert not_sold(text) == []
