"""Finding products on the phone: titles told apart, words, prices, pictures, packs, stock."""

from collections.abc import Iterator

import psycopg
import pytest

from settings import ROOT
from tests.journeys.play import Customer, wait_until_understood
from tests.journeys.shop import Shop
from tests.journeys.stack import Stack

SNACKS = {
    "tikka_large": ("Chicken Tikka Sandwich Large", 180),
    "tikka_small": ("Chicken Tikka Sandwich Small", 120),
    "paneer_roll": ("Paneer Kathi Roll", 130),
    "atta_5": ("Chakki Atta 5 kg", 285),
    "atta_10": ("Chakki Atta 10 kg", 545),
    "eggs_6": ("Eggs (6 pcs)", 48),
}
PICTURE = ROOT / "emulator" / "samples" / "image.jpg"


@pytest.fixture
def shelf(stack: Stack, shop: Shop) -> Iterator[Stack]:
    """A few products more, one with a picture, one of which three are left."""
    with psycopg.connect(stack.database_url) as connection:
        connection.execute(
            "INSERT INTO kept_pictures (name, media_type, content) VALUES (%s, %s, %s)",
            ["roll.jpg", "image/jpeg", PICTURE.read_bytes()],
        )
    for sku, (name, price) in SNACKS.items():
        more = {"image": "roll.jpg", "stock": 3} if sku == "paneer_roll" else {}
        shop.add("products", sku=sku, name=name, category="Pantry", price=price, **more)
    yield stack
    stack.rows("DELETE FROM products WHERE category = 'Pantry'")
    stack.rows("DELETE FROM categories WHERE name = 'Pantry'")
    stack.rows("DELETE FROM kept_pictures")


@pytest.fixture
def reader(shelf: Stack, asha: Customer) -> Customer:
    """A customer whose words are read with these products: within five seconds."""
    asha.types("hi")
    asha.sees("Welcome!")
    wait_until_understood(shelf, "2 paneer kathi rolls", "Paneer Kathi Roll × 2")
    return asha


def test_names_that_begin_alike_are_told_apart(reader: Customer) -> None:
    reader.types("chicken tikka sandwich")
    said = reader.sees("which", options=["Chicken Tikka San… Large", "Chicken Tikka San… Small"])
    assert said["options"][0]["description"] == "₹180 - Chicken Tikka Sandwich Large"
    reader.taps("Chicken Tikka San… Small")
    reader.sees("Chicken Tikka Sandwich Small - ₹120", "How many")


def test_a_search_keeps_the_cart(reader: Customer) -> None:
    reader.types("2 teas")
    reader.sees("Tea × 2 = ₹160")
    reader.types("do you have anything with paneer?")
    reader.sees("paneer", options=["Paneer Kathi Roll"])
    reader.is_at("new_order", "category_selection")
    reader.taps("Paneer Kathi Roll")
    reader.sees("Paneer Kathi Roll: how many")
    reader.types("1")
    reader.sees("Tea × 2 = ₹160", "Paneer Kathi Roll × 1 = ₹130", "Is this correct?")
    reader.types("what's under 50?")
    reader.sees("up to ₹50", options=["Eggs (6 pcs)", "Samosa"])


def test_a_product_is_shown_with_its_picture(reader: Customer) -> None:
    reader.types("show me the paneer kathi roll")
    reader.sees("Paneer Kathi Roll - ₹130", options=["🛒 Order it", "See all items"])
    [upload] = reader.stack.rows("SELECT name, media_id FROM uploaded_pictures")
    assert upload["name"] == "roll.jpg"
    assert reader.last["content"]["header"]["image"]["id"] == upload["media_id"]
    reader.types("show me the samosa")
    reader.sees("Samosa - ₹40", "2 pieces")
    reader.taps("🛒 Order it")
    reader.sees("How many")


def test_packs_are_no_quantities_and_wishes_stay(reader: Customer) -> None:
    reader.types("atta 5 kg and half a dozen eggs, my son is allergic to nuts")
    reader.sees("Chakki Atta 5 kg × 1 = ₹285", "Eggs (6 pcs) × 1 = ₹48", "📝 ⚠️", "allergic to nuts")


def test_what_is_left_is_told_and_can_be_taken(reader: Customer) -> None:
    reader.types("5 paneer kathi rolls and a pizza")
    reader.sees("we don't have a pizza", "only 3 left of Paneer Kathi Roll", "Roll × 3 = ₹390")
    reader.taps("✅ Confirm Order")
    reader.sees("✅ Order Confirmed!")
