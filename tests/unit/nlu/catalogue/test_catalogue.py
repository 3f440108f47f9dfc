"""What customers may call a product."""

import pytest

from nlu.catalogue.catalogue import Catalogue
from nlu.catalogue.product_names import Product
from nlu.message_reading import read_message

SHOP = Catalogue(
    (
        Product("coffee", "Coffee", ("kaapi",)),
        Product("cold_coffee", "Cold Coffee"),
        Product("masala_dosa", "Masala Dosa"),
        Product("plain_dosa", "Plain Dosa"),
        Product("margherita_pizza", "Margherita Pizza"),
        Product("hot_chocolate", "Hot Chocolate"),
        Product("jalebi", "जलेबी", ("jalebi",)),
        Product("mac_cheese", "Mac & Cheese"),
        Product("7up", "7-Up"),
    )
)


def named(text: str) -> list[str]:
    entities = read_message(text, SHOP).entities
    return [entity["value"] for entity in entities if entity["entity"] == "product"]


@pytest.mark.parametrize(
    ("text", "skus"),
    [
        ("cold coffee", ["cold_coffee"]),
        ("cold kaapi", ["cold_coffee"]),
        ("coldcoffee", ["cold_coffee"]),
        ("cold cofee", ["cold_coffee"]),
        ("hot coffee", ["coffee"]),
        ("pizza", ["margherita_pizza"]),
        ("2 margheritas", ["margherita_pizza"]),
        ("2 hot coffees", ["coffee"]),
        ("2 masala dosas", ["masala_dosa"]),
        ("mac and cheese", ["mac_cheese"]),
        ("mac & cheese", ["mac_cheese"]),
        ("जलेबियां", ["jalebi"]),
        ("jalebiyan", ["jalebi"]),
        ("one 7 up and 2 7-ups", ["7up", "7up"]),
    ],
)
def test_names(text: str, skus: list[str]) -> None:
    assert named(text) == skus


@pytest.mark.parametrize("text", ["dosa", "margherita", "it is hot", "jelly", "copy", "toffee"])
def test_what_names_none_or_two(text: str) -> None:
    assert named(text) == []


def test_a_name_goes_before_another_products_alias() -> None:
    shop = Catalogue((Product("tea", "Tea", ("chai",)), Product("chai", "Chai")))
    (entity,) = read_message("chai", shop).entities
    assert entity["value"] == "chai"


def test_no_products_at_all() -> None:
    [found] = read_message("two coffees", Catalogue(())).entities
    assert (found["entity"], found["value"]["words"]) == ("search", ["coffees"])


def test_an_emoji_that_two_products_share_is_none_of_them() -> None:
    shop = Catalogue((Product("tea", "Tea", emoji="☕"), Product("mocha", "Mocha", emoji="☕")))
    assert [entity["entity"] for entity in read_message("2 ☕", shop).entities] == ["quantity"]
