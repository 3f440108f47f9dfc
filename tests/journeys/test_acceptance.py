"""The shop's people accept each order: nothing is promised before, and everything is told after."""

from collections.abc import Iterator

import pytest

from tests.journeys.play import Customer
from tests.journeys.shop import Shop

AGAIN = ["Track Again", "Main Menu"]


@pytest.fixture
def by_staff(shop: Shop) -> Iterator[Shop]:
    shop.set(accepts_orders="by_staff")
    return shop


def orders(customer: Customer) -> str:
    """Orders two coffees, and returns the order's number."""
    customer.types("2 coffees")
    customer.sees("Coffee × 2 = ₹240")
    customer.taps("✅ Confirm Order")
    said = customer.sees("📝 Order received!", "Coffee × 2 = ₹240")["text"].lower()
    assert "order confirmed" not in said
    assert "minutes" not in said
    [order] = customer.orders()
    assert (order["status"], order["accepted_at"], order["promised_at"]) == ("pending", None, None)
    return str(order["order_id"])


def changes(customer: Customer, number: str, **columns: str) -> None:
    assigned = ", ".join(f"{name} = %s" for name in columns)
    customer.stack.rows(
        f"UPDATE orders SET {assigned} WHERE order_id = %s", *columns.values(), number
    )


def test_acceptance_is_told_once_with_its_time(by_staff: Shop, asha: Customer) -> None:
    number = orders(asha)
    asha.types("where is it?")
    said = asha.sees(number, "pending", "✅ Placed → ▫️ Accepted", options=AGAIN)["text"]
    assert "⏱️" not in said
    changes(asha, number, status="confirmed")
    asha.sees(number, "your order is confirmed! It will be ready ", " at ")
    asha.sees_nothing_more()
    [order] = asha.orders()
    assert order["promised_at"] > order["accepted_at"]
    asha.types("how long will it take")
    asha.sees(number, "confirmed", "⏱️ Your order will be ready ", " at ", options=AGAIN)


def test_a_refusal_is_told_with_its_reason(by_staff: Shop, asha: Customer) -> None:
    number = orders(asha)
    changes(asha, number, status="cancelled", cancel_reason="We are out of milk.")
    asha.sees(number, "had to cancel your order. The reason: We are out of milk. To talk to us")
    asha.types(f"track {number}")
    asha.sees("cancelled", "Reason: We are out of milk.", options=AGAIN)


def test_who_orders_automatically_hears_no_confirmed_again(shop: Shop, asha: Customer) -> None:
    asha.types("2 coffees")
    asha.sees("Coffee × 2 = ₹240")
    asha.taps("✅ Confirm Order")
    asha.sees("✅ Order Confirmed!", "ready in 15 minutes")
    [order] = asha.orders()
    assert order["accepted_at"] == order["created_at"]
    changes(asha, order["order_id"], status="confirmed")
    changes(asha, order["order_id"], status="preparing")
    asha.sees(order["order_id"], "being prepared")
    asha.types("kitna time lagega")
    asha.sees("⏳", "will be ready ", " at ")
    asha.types("Track my order")
    asha.sees("📦 Please provide your order ID (e.g., ORD-12345)")


def test_what_is_late_is_apologised_for(shop: Shop, asha: Customer) -> None:
    asha.types("2 coffees")
    asha.sees("Coffee × 2 = ₹240")
    asha.taps("✅ Confirm Order")
    asha.sees("✅ Order Confirmed!")
    [order] = asha.orders()
    asha.stack.rows(
        "UPDATE orders SET promised_at = now() - interval '5 minutes' WHERE order_id = %s",
        order["order_id"],
    )
    asha.types("where is my order")
    asha.sees(order["order_id"], "are running late. We are sorry", options=AGAIN)


def test_in_hindi(by_staff: Shop, asha: Customer) -> None:
    asha.types("नमस्ते")
    asha.sees("आपका स्वागत है!")
    asha.types("दो कॉफ़ी")
    asha.sees("Coffee × 2 = ₹240")
    asha.taps("✅ ऑर्डर पक्का करें")
    said = asha.sees("📝 ऑर्डर मिल गया!")["text"]
    assert "पक्का हो गया" not in said
    number = asha.orders()[0]["order_id"]
    changes(asha, number, status="confirmed")
    asha.sees(number, "पक्का हो गया", "बजे तैयार हो जाएगा")
    asha.types("कितना समय लगेगा")
    asha.sees(number, "✅ ऑर्डर मिला → ✅ पक्का हुआ", "बजे तैयार हो जाएगा")
