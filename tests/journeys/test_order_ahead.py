"""Orders for later: a time is chosen from a list or typed, and no full one can be had."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.crashes.owner import zone_at_noon
from tests.journeys.play import Customer
from tests.journeys.shop import Shop

SUMMARY = ["✅ Confirm Order", "❌ Cancel", "🔄 Edit"]


@pytest.fixture
def ahead(shop: Shop) -> Iterator[Shop]:
    """Tomorrow from 10 to 12: 10:30 is the first time, since preparing takes half an hour.

    It is noon, so that no test asks before midnight and is answered after it.
    """
    zone = zone_at_noon(datetime.now(UTC))
    shop.set(order_ahead_days=1, preparation_minutes=30, time_zone=zone)
    tomorrow = datetime.now(ZoneInfo(zone)).date() + timedelta(days=1)
    shop.add("opening_exceptions", day=tomorrow, opens="10:00", closes="12:00")
    shop.free_all_times()
    return shop


def due(customer: Customer) -> str:
    [order] = customer.orders()
    assert order["due_at"] == order["promised_at"]
    [shop] = customer.stack.rows("SELECT time_zone FROM shop_settings")
    return f"{order['due_at'].astimezone(ZoneInfo(shop['time_zone'])):%H:%M}"


def begins(customer: Customer) -> None:
    customer.types("2 coffees")
    customer.sees("Coffee × 2 = ₹240", options=SUMMARY)


def test_a_time_is_chosen_from_the_list(ahead: Shop, asha: Customer) -> None:
    ahead.set(order_ahead_days=2)
    begins(asha)
    asha.taps("🔄 Edit")
    asha.sees("change")
    asha.taps("🕒 Time")
    asha.sees("When would you like your order?")
    assert [each["title"] for each in asha.last["options"]][:1] == ["As soon as possible"]
    asha.taps("tomorrow")
    asha.sees(
        "When would you like", options=["As soon as possible", "10:30 AM", "11:00 AM", "11:30 AM"]
    )
    asha.taps("11:00 AM")
    asha.sees("Coffee × 2 = ₹240", "🕒 tomorrow at 11:00 AM", options=SUMMARY)
    asha.taps("✅ Confirm Order")
    asha.sees("✅ Order Confirmed!", "ready tomorrow at 11:00 AM")
    assert due(asha) == "11:00"
    asha.types("where is it")
    asha.sees("⏱️ Your order will be ready tomorrow at 11:00 AM.")


@pytest.mark.parametrize(
    ("words", "summary", "time"),
    [
        ("2 coffees tomorrow 10:30 am", "🕒 tomorrow at 10:30 AM", "10:30"),
        ("kal subah 11:20 baje 2 coffee chahiye", "🕒 tomorrow at 11:20 AM", "11:20"),
        ("2 coffees tomorrow 10 am", "The nearest time we can do is tomorrow at 10:30 AM", "10:30"),
    ],
)
def test_a_typed_time_is_said_back(
    ahead: Shop, asha: Customer, words: str, summary: str, time: str
) -> None:
    asha.types("hello")
    asha.sees("Welcome!")
    asha.types(words)
    asha.sees("Coffee × 2 = ₹240", summary, options=SUMMARY)
    asha.types("yes")
    asha.sees("✅ Order Confirmed!")
    assert due(asha) == time


def test_a_time_typed_at_the_summary(ahead: Shop, asha: Customer) -> None:
    begins(asha)
    asha.types("tomorrow 11 am")
    asha.sees("Coffee × 2 = ₹240", "🕒 tomorrow at 11:00 AM", options=SUMMARY)


def test_a_day_alone_is_asked_its_time(ahead: Shop, asha: Customer) -> None:
    begins(asha)
    asha.types("tomorrow")
    asha.sees("When would you like")
    assert "10:30 AM" in [each["title"] for each in asha.last["options"]]


def test_a_full_time_is_not_offered_and_not_placed(
    ahead: Shop, asha: Customer, ravi: Customer
) -> None:
    ahead.set(slot_capacity=1)
    for customer in (asha, ravi):
        begins(customer)
        customer.types("tomorrow 11 am")
        customer.sees("🕒 tomorrow at 11:00 AM", options=SUMMARY)
    asha.taps("✅ Confirm Order")
    asha.sees("✅ Order Confirmed!", "tomorrow at 11:00 AM")
    ravi.taps("✅ Confirm Order")
    ravi.sees("filled up", "When would you like")
    assert ravi.orders() == []
    ravi.types("tomorrow 11:10 am")  # In the same half hour.
    ravi.sees("The nearest time we can do is tomorrow at 11:30 AM", options=SUMMARY)
    ravi.taps("✅ Confirm Order")
    ravi.sees("✅ Order Confirmed!", "tomorrow at 11:30 AM")
    assert due(ravi) == "11:30"


def test_without_order_ahead_a_time_is_answered(shop: Shop, asha: Customer) -> None:
    asha.types("2 coffees tomorrow at 5 pm")
    asha.sees("we don't take advance orders", "at 5 pm", "Coffee × 2 = ₹240", options=SUMMARY)
    asha.taps("✅ Confirm Order")
    asha.sees("✅ Order Confirmed!", "ready in 15 minutes")


def test_a_time_of_an_earlier_conversation_changes_nothing(ahead: Shop, asha: Customer) -> None:
    begins(asha)
    asha.types("tomorrow")
    old = str(asha.sees("When would you like")["id"])
    asha.types("cancel")
    asha.sees("Cancelled")
    asha.taps("11:00 AM", on=old)
    asha.sees("earlier message")
    begins(asha)
    asha.taps("11:00 AM", on=old)
    said = asha.sees("earlier message", "Coffee × 2 = ₹240", options=SUMMARY)["text"]
    assert "🕒" not in said
