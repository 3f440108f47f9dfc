"""Orders of fresh minds, read line by line (tests/nlu)."""

from typing import Any

import pytest
import yaml

from nlu.catalogue.catalogue import Catalogue
from nlu.catalogue.live_catalogue import seed_catalogue
from nlu.catalogue.product_names import Product
from nlu.evaluation.messages import product_totals, read_order_lines
from nlu.message_reading import read_message
from settings import ROOT


def entries(file: str) -> Any:
    return yaml.safe_load((ROOT / "tests" / "nlu" / file).read_text(encoding="utf-8"))


def ordered(text: str, catalogue: Catalogue) -> dict[str, int | None]:
    return product_totals(read_order_lines(read_message(text, catalogue).entities))


def catalogue_of(shop: dict[str, Any]) -> Catalogue:
    return Catalogue(
        tuple(
            Product(each["sku"], each["name"], tuple(each["aliases"])) for each in shop["products"]
        )
    )


LEARNT_FROM = [
    each
    for name in ("development", "fifth", "sixth")
    for each in entries(f"{name}_messages.yml")["messages"]
]
OURS = [*entries("orders.yml"), *(each for each in LEARNT_FROM if "lines" in each)]
OTHERS = [
    (catalogue, order)
    for shop in entries("other_shops.yml")["shops"]
    for catalogue in [catalogue_of(shop)]
    for order in shop["orders"]
]


@pytest.mark.parametrize("order", OURS, ids=lambda order: order["text"][:40])
def test_what_is_ordered(order: dict[str, Any]) -> None:
    is_right = ordered(order["text"], seed_catalogue()) == order["lines"]
    assert is_right != order.get("not_yet", False)


@pytest.mark.parametrize(
    ("catalogue", "order"), OTHERS, ids=[order["text"][:40] for _, order in OTHERS]
)
def test_what_is_ordered_elsewhere(catalogue: Catalogue, order: dict[str, Any]) -> None:
    is_right = ordered(order["text"], catalogue) == order["lines"]
    assert is_right != order.get("not_yet", False)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("2 coffees no sugar and 1 coffee with sugar", {"coffee": 3}),
        ("1 tea for me and 1 tea for my wife", {"tea": 2}),
        ("sorry for the trouble, 2 teas and 1 juice", {"tea": 2, "juice": 1}),
        ("3 samosas and a tea, remove 1 samosa", {"samosa": 2, "tea": 1}),
        ("2 teas please, make it quick", {"tea": 2}),
        ("coffee nahi hai kya", {"coffee": None}),
        ("1 tea for me. 1 tea for Ravi", {"tea": 2}),
        ("2 tea with sugar. 1 tea without sugar", {"tea": 3}),
        ("1 coffee and one tea. And one more coffee", {"coffee": 2, "tea": 1}),
        ("2 tea\n1 coffee\n2 tea", {"tea": 4, "coffee": 1}),
        ("skip the tea", {"tea": None}),
        ("2 teas, leave them at the gate", {"tea": 2}),
        ("coffee mat bhejo", {"coffee": None}),
        ("2 sugar-free coffees", {"coffee": 2}),
        ("1 pack of 6 samosas", {"samosa": 6}),
        ("tea for two", {"tea": 2}),
        ("table for two", {}),
        ("2 coffee to my office 3 tea", {"coffee": 2, "tea": 3}),
        ("2 coffees for my 3 friends", {"coffee": 2}),
        ("i ordered 2 teas", {"tea": 2}),
    ],
)
def test_second_thoughts_and_what_only_looks_like_them(
    text: str, lines: dict[str, int | None]
) -> None:
    assert ordered(text, seed_catalogue()) == lines
