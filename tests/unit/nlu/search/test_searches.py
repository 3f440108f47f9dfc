"""What a message looks for: a word, a price, a picture; and what looks for nothing."""

from typing import Any

import pytest

from nlu.catalogue.catalogue import Catalogue
from nlu.catalogue.live_catalogue import seed_catalogue
from nlu.catalogue.product_names import Product
from nlu.message_reading import read_message

SHOP = Catalogue(
    (
        *seed_catalogue().products,
        Product("roll", "Paneer Tikka Roll"),
        Product("burger", "Paneer Burger"),
        Product("cake", "Chocolate Cake"),
    ),
    described=seed_catalogue().described | {"Desserts", "Served chilled"},
)


def entity(text: str, name: str) -> Any:
    """The value of an entity; None where the message has none."""
    entities = read_message(text, SHOP).entities
    return next((one["value"] for one in entities if one["entity"] == name), None)


@pytest.mark.parametrize(
    ("text", "words", "most"),
    [
        ("something cold", ["cold"], None),
        ("do you have anything with paneer?", ["paneer"], None),
        ("kuch thanda", ["thanda"], None),
        ("kuch thanda milega?", ["thanda"], None),
        ("कुछ ठंडा दिखाओ", ["ठंडा"], None),
        ("what's under 100", [], 100),
        ("anything below ₹100?", [], 100),
        ("Anything under fifty rupees?", [], 50),
        ("100 rupaye ke andar kya hai", [], 100),
        ("sau se kam me kuch", [], 100),
        ("something cold under 100", ["cold"], 100),
        ("anything with coffee", ["coffee"], None),
        ("Something hot to drink, whatever is quickest", ["hot"], None),
        ("show me veg options", ["veg"], None),
        ("what sweet things do you have", ["sweet"], None),
        ("paneer wala kuch hai?", ["paneer"], None),
        ("do you have paneer", ["paneer"], None),
        ("anything in snacks?", ["snacks"], None),
        ("any desserts?", ["desserts"], None),
    ],
)
def test_what_is_looked_for(text: str, words: list[str], most: int | None) -> None:
    found = entity(text, "search")
    assert found is not None
    assert (found["words"], found["most"]) == (words, most)


def test_the_cheapest_is_looked_for() -> None:
    assert entity("which is the cheapest?", "search") == {
        "words": [],
        "most": None,
        "cheapest": True,
    }


@pytest.mark.parametrize(
    "text",
    [
        "10 pakoras under 200 rupees, please",
        "kuch samose bhijwao ghar pe mehmaan aaye hai",
        "something wrong with my coffee",
        "something is wrong, can you assist?",
        "kuch gadbad hai order me",
        "can I order something for my office",
        "tell me something interesting about space",
        "which phone is best under 15000",
        "what is the best phone below 15000",
        "do you have place to sit inside",
        "do you have a girlfriend",
        "mobile ka charger milta hai kya",
        "is there egg in anything",
        "are eggs used in any of your items",
        "jain hu, bina pyaz lehsun wala kya hai",
        "anything without egg?",
        "kuch kam karo na bhai",
        "aur kuch nahi",
        "abhi tak nahi aaya",
        "what comes with the sandwich",
        "2 coffees",
        "at most 3",
        "something else",
        "anything else?",
    ],
)
def test_what_looks_for_nothing(text: str) -> None:
    assert entity(text, "search") is None


@pytest.mark.parametrize(
    "text",
    [
        "show me the chocolate cake",
        "can you show me the chocolate cake please",
        "picture of the chocolate cake",
        "do you have a photo of the chocolate cake?",
        "how does the chocolate cake look?",
        "chocolate cake ki photo bhejo",
        "chocolate cake dikhao",
    ],
)
def test_a_product_is_looked_at(text: str) -> None:
    assert entity(text, "look") is True
    assert entity(text, "product") == "cake"


@pytest.mark.parametrize(
    "text", ["chocolate cake", "send the chocolate cake", "show me the menu", "2 chocolate cakes"]
)
def test_what_looks_at_nothing(text: str) -> None:
    assert entity(text, "look") is None
