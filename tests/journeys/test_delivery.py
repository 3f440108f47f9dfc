"""Pick-up, delivery and the table: asked only where there is a choice, and never twice."""

from collections.abc import Iterator

import pytest

from tests.journeys.play import Customer
from tests.journeys.shop import Shop

WAYS = ["🛍️ Pick up", "🛵 Delivery"]
HOME = "Flat 3, 12 MG Road, Bengaluru 560001"
COFFEES = {"product": "coffee", "product_name": "Coffee", "price": 120, "quantity": 2}


@pytest.fixture
def delivers(shop: Shop) -> Iterator[Shop]:
    shop.set(fulfilment=["pickup", "delivery"])
    return shop


def asks_how(customer: Customer) -> None:
    customer.taps("Place Order")
    customer.sees("What would you like to order?")
    customer.taps("Coffee")
    customer.sees("How many")
    customer.types("2")
    customer.sees("How would you like to get your order?", options=WAYS)
    customer.is_at("new_order", "fulfilment_choice", {**COFFEES, "total": 240})


def begins(customer: Customer) -> None:
    customer.types("hi")
    customer.sees("Welcome!")


def test_pick_up_is_one_tap_more(delivers: Shop, asha: Customer) -> None:
    begins(asha)
    asks_how(asha)
    asha.taps("🛍️ Pick up")
    asha.sees("Coffee × 2 = ₹240", "🛍️ Pick up", "Is this correct?")
    asha.is_at("new_order", "confirmation", {**COFFEES, "total": 240, "fulfilment": "pickup"})
    asha.taps("✅ Confirm Order")
    asha.sees("✅ Order Confirmed!", "ready in 15 minutes")
    [order] = asha.orders()
    assert (order["fulfilment"], order["address"], order["fee"]) == ("pickup", None, 0)


def test_delivery_to_a_typed_address(delivers: Shop, asha: Customer) -> None:
    delivers.zone(name="Centre", postcodes=["5600*"], fee=30)
    begins(asha)
    asks_how(asha)
    asha.taps("🛵 Delivery")
    asha.sees("Where shall we bring your order?")
    asha.is_at("new_order", "address_input")
    asha.types(HOME)
    asha.sees("Coffee × 2 = ₹240", "Delivery: ₹30", "Total: ₹270", HOME)
    [state] = asha.state()
    assert state["context"]["total"] == 270
    assert state["context"]["address"]["postcode"] == "560001"
    asha.taps("✅ Confirm Order")
    asha.sees("✅ Order Confirmed!", "will reach you")
    [order] = asha.orders()
    assert (order["fulfilment"], order["total"], order["fee"]) == ("delivery", 270, 30)
    assert order["address"]["text"] == HOME


def test_where_nobody_delivers_pick_up_is_the_way_on(delivers: Shop, asha: Customer) -> None:
    delivers.zone(name="Centre", postcodes=["560001"], fee=30)
    begins(asha)
    asks_how(asha)
    asha.taps("🛵 Delivery")
    asha.sees("Where shall we bring your order?")
    asha.types("House 9, Park Street, Kolkata")
    asha.sees("What is the PIN code")
    asha.types("700016")
    asha.sees("we do not deliver to", options=["🛍️ Pick up", "➕ Another address", "❌ Cancel"])
    asha.taps("🛍️ Pick up")
    asha.sees("Coffee × 2 = ₹240", "Is this correct?")


def test_below_the_minimum_the_cart_stays(delivers: Shop, asha: Customer) -> None:
    delivers.zone(name="Centre", postcodes=["560001"], fee=30, minimum=300)
    begins(asha)
    asks_how(asha)
    asha.taps("🛵 Delivery")
    asha.sees("Where shall we bring your order?")
    asha.types(HOME)
    asha.sees(
        "please add items worth ₹60 more", options=["➕ Add something", "🔄 Edit", "❌ Cancel"]
    )
    asha.is_at("new_order", "confirmation")
    asha.types("yes")
    asha.sees("please add items worth ₹60 more")
    assert asha.orders() == []
