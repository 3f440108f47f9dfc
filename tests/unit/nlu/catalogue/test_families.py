"""A name that fits several products names all of them."""

from typing import Any

import pytest

from nlu.catalogue.catalogue import Catalogue
from nlu.catalogue.families import family_phrases
from nlu.catalogue.live_catalogue import seed_catalogue
from nlu.catalogue.product_names import Product
from nlu.message_reading import read_message

BURGERS = ["veg_burger", "chicken_burger", "cheese_burger"]
COFFEES = ["filter", "cold"]
SHOP = Catalogue(
    (
        Product("veg_burger", "Veg Burger"),
        Product("chicken_burger", "Chicken Burger"),
        Product("cheese_burger", "Cheese Burger"),
        Product("filter", "Filter Coffee", ("kaapi",)),
        Product("cold", "Cold Coffee", ("kaapi",)),
        Product("tea", "Tea"),
        Product("lemon_tea", "Lemon Tea"),
        Product("tikka_large", "Tikka Masala Tea Large"),
        Product("tikka_small", "Tikka Masala Tea Small"),
    )
)


def read(text: str) -> list[tuple[Any, Any]]:
    """The family, or the product, and the number of each line."""
    entities = read_message(text, SHOP).entities
    lines: dict[str, dict[str, Any]] = {}
    for one in entities:
        lines.setdefault(one["group"], {})[one["entity"]] = one["value"]
    return [
        (line.get("candidates") or line["product"], line.get("quantity")) for line in lines.values()
    ]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("2 burgers", [(BURGERS, 2)]),
        ("a burger and a coffee", [(BURGERS, 1), (COFFEES, 1)]),
        ("one kaapi", [(COFFEES, 1)]),
        ("2 chicken burgers and a tea", [("chicken_burger", 2), ("tea", 1)]),
        ("3 teas", [("tea", 3)]),
        ("one tea and 2 burgers", [("tea", 1), (BURGERS, 2)]),
        (
            "2 burgers, one veg burger and one chicken burger",
            [("veg_burger", 1), ("chicken_burger", 1)],
        ),
        ("one lemon tea", [("lemon_tea", 1)]),
        ("2 tikka masala teas", [(["tikka_large", "tikka_small"], 2)]),
        ("tikka masala tea small", [("tikka_small", None)]),
    ],
)
def test_a_name_of_several_products_names_them_all(text: str, lines: list[Any]) -> None:
    assert read(text) == lines


def test_the_seeds_have_no_families() -> None:
    assert family_phrases(seed_catalogue().products) == {}
