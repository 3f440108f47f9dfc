"""Words about a product, and when its name is added to them."""

import pytest

from connectors.whatsapp.turn.product_question import add_product_name

COFFEE = {"sku": "coffee", "name": "Coffee"}


def parsed(intent: str, *products: str) -> dict:
    entities = [{"entity": "product", "value": product} for product in products]
    return {"intent": {"name": intent}, "entities": entities}


@pytest.mark.parametrize(
    ("text", "understood", "expected"),
    [
        ("2 of these", parsed("inform_quantity"), "Coffee 2 of these"),
        ("is this available?", parsed("nlu_fallback"), "Coffee is this available?"),
        ("/new_order", parsed("new_order"), '/new_order{"product": "coffee"}'),
        ("one tea", parsed("new_order", "tea"), None),
        ("no thanks", parsed("deny"), None),
        ("/show_menu", parsed("show_menu"), None),
        ('/new_order{"product": "tea"}', parsed("new_order", "tea"), None),
    ],
)
def test_a_products_name_is_added_where_none_is_named(text, understood, expected):
    assert add_product_name(text, understood, COFFEE) == expected
