"""Options in free text, on the line that they belong to."""

from typing import Any

import pytest

from nlu.catalogue.catalogue import Catalogue
from nlu.catalogue.option_names import NamedOption
from nlu.catalogue.product_names import Product
from nlu.message_reading import read_message

DRINKS = ("cappuccino", "latte")
SHOP = Catalogue(
    (
        Product("cappuccino", "Cappuccino"),
        Product("latte", "Latte"),
        Product("tea", "Tea", ("chai",)),
        Product("milk", "Milk"),
        Product("burger", "Veg Burger", ("burger",)),
    ),
    (
        NamedOption(1, "Small", ("chhota",), DRINKS),
        NamedOption(2, "Large", ("bada",), DRINKS),
        NamedOption(3, "Oat milk", (), DRINKS),
        NamedOption(4, "No onion", ("bina pyaz",), ("burger",)),
        NamedOption(5, "Extra cheese", (), ("burger",)),
        NamedOption(6, "Large", (), ("burger",)),
        NamedOption(7, "Double shot (2)", (), DRINKS),
    ),
)


def lines(text: str, shop: Catalogue = SHOP) -> list[tuple[Any, Any, list[Any]]]:
    """(product, quantity, options) of each line; an option of a counted part with its number."""
    entities = read_message(text, shop).entities
    groups = sorted({one["group"] for one in entities if one.get("group")}) or [None]
    found = []
    for group in groups:
        own = [one for one in entities if one.get("group") == group]
        values = {one["entity"]: one["value"] for one in own}
        options = [
            (one["quantity"], one["value"]) if "counted" in one else one["value"]
            for one in own
            if one["entity"] == "option"
        ]
        found.append((values.get("product"), values.get("quantity"), options))
    return found


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("a large cappuccino", [("cappuccino", 1, [2])]),
        ("2 large cappuccinos with oat milk", [("cappuccino", 2, [2, 3])]),
        ("cappuccino large", [("cappuccino", None, [2])]),
        ("2 bada cappuccino aur ek chai", [("cappuccino", 2, [2]), ("tea", 1, [])]),
        ("one latte with oat milk and a large cappuccino",
         [("latte", 1, [3]), ("cappuccino", 1, [2])]),
        ("one burger no onion, extra cheese", [("burger", 1, [4, 5])]),
        ("2 burgers bina pyaz", [("burger", 2, [4])]),
        ("large burger and large latte", [("burger", None, [6]), ("latte", None, [2])]),
        ("one small and one large cappuccino",
         [("cappuccino", 1, [1]), ("cappuccino", 1, [2])]),
        ("two cappuccinos, one small one large", [("cappuccino", 2, [(1, 1), (1, 2)])]),
        ("cappuccino one small one large", [("cappuccino", None, [(1, 1), (1, 2)])]),
        ("two large cappuccinos, one with oat milk", [("cappuccino", 2, [2, (1, 3)])]),
        ("one large cappuccino with double shot", [("cappuccino", 1, [2, 7])]),
        ("one milk and a latte with oat milk", [("milk", 1, []), ("latte", 1, [3])]),
        ("a large tea", [("tea", 1, [])]),
        ("latte without oat milk", [("latte", None, [])]),
        ("2 latte, large, and a tea", [("latte", 2, [2]), ("tea", 1, [])]),
        ("one small one large cappuccino and a tea",
         [("cappuccino", 1, [1]), ("cappuccino", 1, [2]), ("tea", 1, [])]),
        ("cappuccino large x2 and small x1", [("cappuccino", 2, [2]), ("cappuccino", 1, [1])]),
        ("1 cappuccino with oat milk x2", [("cappuccino", 2, [3])]),
        ("2 choti cappuccino", [("cappuccino", 2, [1])]),
        ("cappuccino 1 S 2 L", [("cappuccino", None, [(1, 1), (2, 2)])]),
        ("cappuccino lrg", [("cappuccino", None, [2])]),
        ("एक लार्ज बर्गर", [("burger", 1, [6])]),
        ("burger double cheese", [("burger", None, [5])]),
        ("burger with cheese", [("burger", None, [5])]),
        ("a small latte and a large latte, the small one with oat milk",
         [("latte", 1, [1, 1, 3]), ("latte", 1, [2])]),
        ("a small latte and a large latte, oat milk in the small one",
         [("latte", 1, [1, 3, 1]), ("latte", 1, [2])]),
        ("2 lattes, one with oat milk, the other with double shot",
         [("latte", 2, [(1, 3), (1, 7)])]),
        ("3 burgers, one without onion and extra cheese", [("burger", 3, [(1, 4), (1, 5)])]),
        ("1 large latte, 1 small", [("latte", 1, [2]), ("latte", 1, [1])]),
        ("latte large 2, small 1", [("latte", 2, [2]), ("latte", 1, [1])]),
        ("1 small latte and 1 large cappuccino, both with oat milk",
         [("latte", 1, [1, 3]), ("cappuccino", 1, [2, 3])]),
        ("2 latte small, no wait make it large", [("latte", 2, [2])]),
        ("latte with oat milk instead of double shot", [("latte", None, [3])]),
        ("1 extra large latte", [("latte", 1, [])]),
        ("latte L and tea", [("latte", None, [2]), ("tea", None, [])]),
        ("1 tea, cancel that, make it 2 lattes", [("latte", 2, [])]),
        ("1 tea and leave it at the door, 2 lattes", [("tea", 1, []), ("latte", 2, [])]),
        ("2 lattes and is the veg burger spicy?", [("latte", 2, [])]),
    ],
)  # fmt: skip
def test_options_stand_on_their_line(text: str, read: list[Any]) -> None:
    assert lines(text) == read


@pytest.mark.parametrize(
    ("text", "options"),
    [
        ("large", [2]),
        ("large please", [2]),
        ("oat milk", [3]),
        ("one small one large", [(1, 1), (1, 2)]),
        ("two large, one with oat milk", [(2, 2), (1, 3)]),
        ("2 large with oat milk", [(2, 2), (2, 3)]),
    ],
)
def test_options_without_a_product(text: str, options: list[Any]) -> None:
    assert lines(text) == [(None, None, options)]
    assert read_message(text, SHOP).alone in ("option", None)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("1 extra large latte", ["extra large"]),
        ("xl latte and a tea", ["xl"]),
        ("a large latte", []),
        ("2 lattes and is the burger large?", []),
    ],
)
def test_sizes_that_are_not_sold_are_named(text: str, named: list[str]) -> None:
    entities = read_message(text, SHOP).entities
    assert [one["value"] for one in entities if one["entity"] == "not_sold"] == named


BOTTLES = Catalogue(
    (Product("coke", "Coke"), Product("pepsi", "Pepsi"), Product("tea", "Tea")),
    (NamedOption(1, "500 ml", (), ("coke",)), NamedOption(2, "2 L", (), ("coke",))),
)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("coke 2 litre", [("coke", None, [2])]),
        ("2 litre coke and 3 teas", [("coke", None, [2]), ("tea", 3, [])]),
        ("coke 500 ml 2", [("coke", 2, [1])]),
        ("half litre coke", [("coke", None, [1])]),
        ("pepsi 2 litre", [("pepsi", None, [])]),
        ("2 pepsi 2 litre", [("pepsi", 2, [])]),
    ],
)
def test_volumes_say_which_bottle(text: str, read: list[Any]) -> None:
    assert lines(text, BOTTLES) == read


@pytest.mark.parametrize("text", ["1 coke zero and 1 diet coke", "1 diet coke and 2 coke zero"])
def test_both_other_kinds_are_named(text: str) -> None:
    kinds = [one["value"] for one in read_message(text, BOTTLES).entities]
    assert {"coke zero", "diet coke"} <= set(map(str, kinds))


def test_an_option_alone_is_a_choice() -> None:
    assert read_message("large please", SHOP).alone == "option"
    assert read_message("one small one large", SHOP).alone == "option"
    assert read_message("a large cappuccino", SHOP).alone == "product"
