"""Orders at a pizzeria, a grocer's and a pharmacy (tests/nlu/shops), with their seed catalogues."""

import pytest

from nlu.evaluation.shop_orders import measure_shops
from nlu.evaluation.shops import DIRECTORY, shop_catalogue, shop_messages
from nlu.message_reading import read_message
from storage.seeds.shops import read_shop, shop_kinds

# How many of the 60 are read wholly right; docs/understanding.md has the first figures.
RIGHT = {"grocer": 60, "pharmacy": 58, "pizzeria": 54}
STRANGERS_RIGHT = {"grocer": 57, "pharmacy": 58, "pizzeria": 54}


@pytest.mark.parametrize("kind", shop_kinds())
def test_orders_are_read_with_sizes_packs_and_options(kind: str) -> None:
    catalogue, messages = shop_catalogue(kind), shop_messages(DIRECTORY / f"{kind}.yml")
    wrong = [message.text for message in messages if not message.is_read(catalogue)]
    assert len(messages) == 60
    assert len(messages) - len(wrong) >= RIGHT[kind], wrong


def test_strangers_orders_are_read_with_sizes_packs_and_options() -> None:
    for figures in measure_shops():
        right, many = figures.messages
        assert many == 60
        assert right >= STRANGERS_RIGHT[figures.kind], figures
        right, many = figures.lines
        assert right >= 0.9 * many, figures


@pytest.mark.parametrize("kind", shop_kinds())
def test_every_name_is_its_product(kind: str) -> None:
    """Whoever types a product's whole name gets this product."""
    catalogue = shop_catalogue(kind)
    for product in read_shop(kind).products:
        entities = read_message(product.name, catalogue).entities
        assert [e["value"] for e in entities if e["entity"] == "product"] == [product.sku]


@pytest.mark.parametrize("kind", shop_kinds())
def test_products_name_groups_that_there_are(kind: str) -> None:
    shop = read_shop(kind)
    known = {option.group for option in shop.options}
    assert {group for groups in shop.groups.values() for group in groups} == known
    assert all(product.price > 0 and product.category for product in shop.products)
