"""Sizes and extras on the phone: asked by buttons, said in words, shown in every line."""

from collections.abc import Iterator

import pytest

from tests.journeys.play import Customer, wait_until_understood, wait_with_newcomers
from tests.journeys.shop import Shop
from tests.journeys.stack import Stack

OAT = {"group": "Milk", "name": "Oat milk", "price": 25}
LARGE = {"group": "Size", "name": "Large", "price": 50}
CAPPUCCINO = [
    (
        "products",
        {"sku": "cappuccino", "name": "Cappuccino", "category": "Beverages", "price": 140},
    ),
    ("option_groups", {"id": 901, "name": "Size", "minimum": 1}),
    ("option_groups", {"id": 902, "name": "Milk", "position": 1}),
    ("options", {"id": 911, "group_id": 901, "name": "Small", "position": 1}),
    ("options", {"id": 912, "group_id": 901, "name": "Large", "price": 50, "position": 2}),
    ("options", {"id": 913, "group_id": 902, "name": "Oat milk", "price": 25}),
    ("product_option_groups", {"sku": "cappuccino", "group_id": 901}),
    ("product_option_groups", {"sku": "cappuccino", "group_id": 902}),
]
TABLES = ("product_option_groups", "options", "option_groups")


@pytest.fixture
def cappuccino(stack: Stack, shop: Shop) -> Iterator[Stack]:
    """A cappuccino in two sizes, with oat milk for who wants it."""
    shop.add_all(CAPPUCCINO)
    yield stack
    for table in TABLES:
        stack.rows(f"DELETE FROM {table}")
    stack.rows("DELETE FROM products WHERE sku = 'cappuccino'")


def is_known(customer: Customer, words: str) -> None:
    """The customer says it once the product and its options are read: within five seconds."""
    wait_until_understood(customer.stack, words)
    customer.types("hi")
    customer.sees("Welcome!")
    customer.types(words)
    customer.sees("Cappuccino")


def test_a_size_by_taps(cappuccino: Stack, asha: Customer) -> None:
    is_known(asha, "cappuccino")
    asha.is_at(
        "new_order",
        "options_input",
        {"product": "cappuccino", "product_name": "Cappuccino", "price": 140},
    )
    asha.taps("Large ₹190")
    asha.sees("How many")
    asha.is_at(
        "new_order",
        "quantity_input",
        {
            "product": "cappuccino",
            "product_name": "Cappuccino",
            "price": 190,
            "options": [LARGE],
        },
    )
    asha.types("2")
    asha.sees("Cappuccino (Large) × 2 = ₹380", "Is this correct?")
    asha.taps("✅ Confirm Order")
    asha.sees("✅ Order Confirmed!", "Cappuccino (Large) × 2 = ₹380")
    [order] = asha.orders()
    assert order["items"][0]["options"] == [LARGE]
    assert order["items"][0]["price"] == 190


def test_everything_in_one_sentence(cappuccino: Stack, asha: Customer) -> None:
    is_known(asha, "one small cappuccino")
    asha.types("cancel")
    asha.next_bubble()
    asha.types("2 large cappuccinos with oat milk")
    asha.sees("Cappuccino (Large, Oat milk) × 2 = ₹430", "Is this correct?")
    asha.types("make the cappuccino small")
    asha.sees("Cappuccino (Small, Oat milk) × 2 = ₹330", "Is this correct?")
    asha.types("yes")
    asha.sees("✅ Order Confirmed!")


def test_an_answer_in_words(cappuccino: Stack, asha: Customer) -> None:
    is_known(asha, "2 cappuccinos")
    asha.types("one small one large")
    asha.sees("Cappuccino (Small) × 1 = ₹140", "Cappuccino (Large) × 1 = ₹190", "Total: ₹330")


def test_an_old_size_changes_its_own_line(cappuccino: Stack, asha: Customer) -> None:
    is_known(asha, "2 cappuccinos")
    asha.taps("Large ₹190")
    asha.sees("Cappuccino (Large) × 2 = ₹380")
    asha.taps("Small ₹140")
    asha.sees("Cappuccino (Small) × 2 = ₹280")
    asha.types("yes")
    asha.sees("✅ Order Confirmed!")
    asha.taps("Large ₹190")
    asha.next_bubble()
    assert len(asha.orders()) == 1


def test_a_name_that_looks_like_a_placeholder(stack: Stack, shop: Shop, asha: Customer) -> None:
    shop.add("products", sku="odd", name="Cola 500[ml] {lines}", category="Beverages", price=40)
    try:
        wait_with_newcomers(stack, lambda one: "Cola 500[ml] {lines}" in one.opens_the_catalogue())
        asha.opens_the_catalogue()
        asha.taps("Cola 500[ml] {lines}")
        asha.sees("Cola 500[ml] {lines}")
        asha.types("2")
        asha.sees("Cola 500[ml] {lines} × 2 = ₹80", "Is this correct?")
    finally:
        stack.rows("DELETE FROM products WHERE sku = 'odd'")
