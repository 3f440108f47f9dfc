"""Closed and paused: nothing is placed, nothing is lost, and everybody is told until when."""

import pytest

from tests.journeys.play import Customer
from tests.journeys.shop import Shop

SUMMARY = ["✅ Confirm Order", "❌ Cancel", "🔄 Edit"]
WAY_ON = ["Main Menu", "Talk to a person"]
CLOSED = "🌙 We are closed right now. We open again "


def has_cart(customer: Customer) -> None:
    customer.types("2 coffees")
    customer.sees("Coffee × 2 = ₹240", options=SUMMARY)


def test_the_menu_opens_and_nothing_can_be_ordered(shop: Shop, asha: Customer) -> None:
    shop.closed_now()
    asha.types("hi")
    asha.sees("Welcome!", options=["Track Order", "Place Order", "Get Support"])
    asha.taps("Place Order")
    asha.sees(CLOSED, options=WAY_ON)
    asha.is_nowhere()


def test_a_cart_over_closing_time_is_kept_and_offered_again(shop: Shop, asha: Customer) -> None:
    has_cart(asha)
    shop.closed_now()
    asha.taps("✅ Confirm Order")
    asha.sees(CLOSED, "I will keep it for a day", "Coffee × 2 = ₹240")
    asha.is_nowhere()
    asha.types("yes")
    asha.next_bubble()
    assert asha.orders() == []
    shop.opens_again()
    asha.types("yes")
    asha.sees("We are open again", "Coffee × 2 = ₹240", "Is this correct?", options=SUMMARY)
    assert asha.orders() == []
    asha.taps("✅ Confirm Order")
    asha.sees("✅ Order Confirmed!", "ready in 15 minutes")
    assert len(asha.orders()) == 1
    asha.types("hi")
    asha.sees("Welcome!")


@pytest.mark.parametrize("words", ["hi", "I want to order"])
def test_a_kept_cart_comes_back_with_the_next_wish(shop: Shop, asha: Customer, words: str) -> None:
    shop.closed_now()
    asha.types("2 coffees")
    asha.sees(CLOSED, "I will keep it for a day")
    shop.opens_again()
    asha.types(words)
    asha.sees("We are open again", "Coffee × 2 = ₹240", options=SUMMARY)
    assert asha.orders() == []


def test_a_kept_cart_that_is_not_wanted_is_gone(shop: Shop, asha: Customer) -> None:
    shop.closed_now()
    asha.types("2 coffees")
    asha.sees("I will keep it for a day")
    asha.taps("❌ Cancel")
    asha.sees("Nothing was ordered")
    shop.opens_again()
    asha.types("hi")
    asha.sees("Welcome!")


def test_closed_with_order_ahead_leads_to_a_time(shop: Shop, asha: Customer) -> None:
    shop.set(order_ahead_days=4)
    shop.closed_now()
    asha.types("hi")
    asha.sees("Welcome!")
    asha.taps("Place Order")
    asha.sees(CLOSED, "order for a later time", "What would you like to order?")
    asha.taps("Coffee")
    asha.sees("How many")
    asha.types("2")
    asha.sees("When would you like your order?")
    asha.is_at("new_order", "time_choice")
    asha.taps(asha.last["options"][0]["title"])
    asha.sees("When would you like your order?")
    time = asha.last["options"][0]["title"]
    asha.taps(time)
    asha.sees("Coffee × 2 = ₹240", "🕒", time, options=SUMMARY)
    asha.taps("✅ Confirm Order")
    asha.sees("✅ Order Confirmed!", time)
    [order] = asha.orders()
    assert order["due_at"] == order["promised_at"]


def test_a_pause_is_told_with_its_note(shop: Shop, asha: Customer) -> None:
    has_cart(asha)
    shop.set(paused_until="9999-12-01", pause_note="The oven is being mended.")
    asha.types("yes")
    asha.sees("we are not taking orders right now.", "The oven is being mended.", "I will keep")
    assert asha.orders() == []
    asha.types("are you open?")
    asha.sees("not taking orders", "The oven is being mended.")
    asha.taps("Place Order")
    asha.sees("not taking orders", "The oven is being mended.", options=WAY_ON)


def test_hours_are_told_from_the_rows(shop: Shop, asha: Customer, ravi: Customer) -> None:
    shop.open_all_day()
    asha.types("are you open?")
    asha.sees("🕘 We are open now.", "Our hours:\nEvery day: 24 hours")
    asha.types("coffee")
    asha.sees("How many")
    asha.types("when do you open?")
    asha.sees("Every day: 24 hours", "How many")
    asha.is_at("new_order", "quantity_input")
    shop.closed_now()
    ravi.types("what are your hours")
    ravi.sees(CLOSED, "Our hours:", "closed")


def test_in_hindi(shop: Shop, asha: Customer) -> None:
    shop.closed_now()
    asha.types("नमस्ते")
    asha.sees("आपका स्वागत है!")
    asha.types("दो कॉफ़ी")
    asha.sees("🌙 अभी दुकान बंद है", "हमने इसे एक दिन के लिए सँभाल लिया है", "Coffee × 2 = ₹240")
    asha.types("कब तक खुला है")
    asha.sees("🌙 अभी दुकान बंद है", "हमारा समय:", "24 घंटे")
    shop.opens_again()
    asha.types("हाँ")
    asha.sees("दुकान फिर से खुल गई है", "Coffee × 2 = ₹240")
    assert asha.orders() == []
