"""The lines of orders, as the catalogue reads them: `cases.yml` has the shop's own products,
`other_shop.yml` a menu that nobody here had in mind."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from nlu.catalogue.catalogue import Catalogue
from nlu.catalogue.live_catalogue import seed_catalogue
from nlu.catalogue.product_names import Product
from nlu.message_reading import read_message

HERE = Path(__file__).parent
OURS: dict[str, str] = yaml.safe_load((HERE / "our_orders.yml").read_text("utf-8"))
OTHER: dict[str, Any] = yaml.safe_load((HERE / "other_shop.yml").read_text("utf-8"))
OTHER_SHOP = Catalogue(
    tuple(
        Product(name.lower().replace(" ", "_"), name, tuple(aliases))
        for name, aliases in OTHER["products"].items()
    )
)


def lines(text: str, catalogue: Catalogue) -> list[str]:
    """Each line as "sku quantity", with a question mark for a quantity that is not said; none of a
    name that fits several products."""
    found: dict[str, dict[str, Any]] = {}
    for entity in read_message(text, catalogue).entities:
        if "group" in entity:
            found.setdefault(entity["group"], {})[entity["entity"]] = entity["value"]
    return sorted(
        f"{line['product']} {line.get('quantity', '?')}"
        for line in found.values()
        if "product" in line
    )


@pytest.mark.parametrize(("text", "expected"), OURS.items())
def test_our_products(text: str, expected: str) -> None:
    assert lines(text, seed_catalogue()) == sorted(filter(None, expected.split(", ")))


@pytest.mark.parametrize(("text", "expected"), OTHER["orders"].items())
def test_products_of_another_shop(text: str, expected: str) -> None:
    assert lines(text, OTHER_SHOP) == sorted(filter(None, expected.split(", ")))


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("sandwich cut in 4 pieces please", None),
        ("2 sandwiches cut into 4 pieces", 2),
        ("sandwich ke 4 tukde kar dena", None),
        ("sandwich 4 pieces", 4),
    ],
)
def test_how_often_something_is_cut_counts_nothing(text: str, number: int | None) -> None:
    entities = read_message(text, seed_catalogue()).entities
    numbers = [each["value"] for each in entities if each["entity"] == "quantity"]
    assert numbers == ([number] if number else [])
