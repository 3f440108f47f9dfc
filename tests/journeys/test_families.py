"""A name that fits several products, and a catalogue with more products than one list shows."""

from collections.abc import Iterator

import pytest

from tests.journeys.play import Customer, wait_until_understood, wait_with_newcomers
from tests.journeys.shop import Shop
from tests.journeys.stack import Stack

BURGERS = {"veg_burger": "Veg Burger", "paneer_burger": "Paneer Burger", "egg_burger": "Egg Burger"}


@pytest.fixture
def burgers(stack: Stack, shop: Shop) -> Iterator[Stack]:
    """Three burgers and, with them, more than ten products in four categories."""
    cakes = {f"cake_{number}": f"Cake {number}" for number in range(1, 4)}
    products = [
        {"sku": sku, "name": name, "category": "Burgers", "price": 90}
        for sku, name in BURGERS.items()
    ]
    products += [
        {"sku": sku, "name": name, "category": "Cakes", "price": 50} for sku, name in cakes.items()
    ]
    shop.add_all([("products", row) for row in products])
    yield stack
    stack.rows("DELETE FROM products WHERE category IN ('Burgers', 'Cakes')")
    stack.rows("DELETE FROM categories WHERE name IN ('Burgers', 'Cakes')")


def test_which_burger_is_asked_and_what_else_was_said_stays(burgers: Stack, asha: Customer) -> None:
    asha.types("hi")
    asha.sees("Welcome!")
    wait_until_understood(burgers, "2 burgers and a tea", "We have several")
    asha.types("2 burgers and a tea")
    asha.sees("We have several")
    asha.taps("Paneer Burger")
    asha.sees("Paneer Burger × 2 = ₹180", "Tea × 1", "Is this correct?")
    asha.taps("✅ Confirm Order")
    asha.sees("✅ Order Confirmed!")


def test_categories_come_first(burgers: Stack, asha: Customer) -> None:
    categories = {"Beverages", "Snacks", "Burgers", "Cakes"}
    wait_with_newcomers(burgers, lambda one: set(one.opens_the_catalogue()) == categories)
    asha.opens_the_catalogue()
    asha.is_at("new_order", "category_selection")
    asha.taps("Burgers")
    asha.sees(options=["Egg Burger", "Paneer Burger", "Veg Burger"])
    asha.is_at("new_order", "category_selection")
    asha.taps("Veg Burger")
    asha.sees("Great choice!", "How many")
