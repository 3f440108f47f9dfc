"""At a table: its number is asked once, or known from what was said."""

from collections.abc import Iterator

import pytest

from tests.journeys.play import Customer
from tests.journeys.shop import Shop

SUMMARY = ["✅ Confirm Order", "❌ Cancel", "🔄 Edit"]
WAYS = ["🛍️ Pick up", "🍽️ Eat here"]


@pytest.fixture
def seats(shop: Shop) -> Iterator[Shop]:
    shop.set(fulfilment=["pickup", "dine_in"])
    return shop


def places(customer: Customer, table: str) -> None:
    customer.taps("✅ Confirm Order")
    customer.sees("✅ Order Confirmed!", f"🍽️ Table {table}", "ready in 15 minutes")
    order = customer.orders()[-1]
    assert (order["fulfilment"], order["table_number"]) == ("dine_in", table)


def test_the_table_is_asked(seats: Shop, asha: Customer) -> None:
    asha.types("2 coffees")
    asha.sees("How would you like to get your order?", options=WAYS)
    asha.taps("🍽️ Eat here")
    asha.sees("Which table are you at?")
    asha.is_at("new_order", "table_input")
    asha.types("4")
    asha.sees("Coffee × 2 = ₹240", "🍽️ Table 4", options=SUMMARY)
    [state] = asha.state()
    assert (state["context"]["fulfilment"], state["context"]["table_number"]) == ("dine_in", "4")
    places(asha, "4")


def test_a_table_that_is_said_is_not_asked(seats: Shop, asha: Customer) -> None:
    asha.types("2 coffees, table 7")
    asha.sees("Coffee × 2 = ₹240", "🍽️ Table 7", options=SUMMARY)
    asha.types("table 9")
    asha.sees("Coffee × 2 = ₹240", "🍽️ Table 9", options=SUMMARY)
    places(asha, "9")


def test_the_next_visit_is_at_another_table(seats: Shop, asha: Customer) -> None:
    seats.set(fulfilment=["dine_in"])
    asha.types("one tea")
    asha.sees("Which table")
    asha.types("table 3 please")
    asha.sees("Tea × 1 = ₹80", "🍽️ Table 3", options=SUMMARY)
    places(asha, "3")
    asha.types("one tea")
    asha.sees("Which table")
    asha.is_at("new_order", "table_input")


def test_a_question_at_the_table_is_answered(seats: Shop, asha: Customer) -> None:
    asha.types("2 coffees")
    asha.sees("How would you like")
    asha.types("how long will it take")
    asha.sees("About 15 minutes", "How would you like", options=WAYS)
    asha.types("we will eat here")
    asha.sees("Which table")
    asha.types("what are your hours")
    asha.sees("all day", "Which table")
    asha.types("how long will it take?")
    asha.sees("About 15 minutes", "Which table")
    asha.types("12")
    asha.sees("🍽️ Table 12", options=SUMMARY)


def test_ways_of_an_earlier_conversation_change_nothing(seats: Shop, asha: Customer) -> None:
    asha.types("2 coffees")
    old = str(asha.sees("How would you like", options=WAYS)["id"])
    asha.types("cancel")
    asha.sees("Cancelled")
    asha.taps("🍽️ Eat here", on=old)
    asha.sees("earlier message")
    asha.types("one tea")
    asha.sees("How would you like", options=WAYS)
    asha.taps("🛍️ Pick up", on=old)
    asha.sees("earlier message", "How would you like", options=WAYS)
    asha.is_at("new_order", "fulfilment_choice")


def test_in_hindi(seats: Shop, asha: Customer) -> None:
    asha.types("नमस्ते")
    asha.sees("आपका स्वागत है!")
    asha.types("दो कॉफ़ी")
    asha.sees("ऑर्डर कैसे लेना चाहेंगे?", options=["🛍️ ख़ुद लेने आएँगे", "🍽️ यहीं खाएँगे"])
    asha.types("यहीं खाएंगे")
    asha.sees("आप किस टेबल पर हैं?")
    asha.types("टेबल 5")
    asha.sees("Coffee × 2 = ₹240", "🍽️ टेबल 5")
    asha.taps("✅ ऑर्डर पक्का करें")
    asha.sees("✅ ऑर्डर पक्का हो गया!", "🍽️ टेबल 5")
