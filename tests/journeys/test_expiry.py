"""After half an hour without a word the next message starts fresh."""

from tests.journeys.play import Customer
from tests.journeys.stack import eventually

SUMMARY = ["✅ Confirm Order", "❌ Cancel", "🔄 Edit"]


def test_an_open_question_is_forgotten(asha: Customer) -> None:
    asha.types("coffee")
    asha.sees("Great choice!")
    asha.waits(31)
    asha.types("2")
    asha.sees("2 of which one?", "What would you like to order?")
    asha.is_at("new_order", "category_selection", {})


def test_yes_after_half_an_hour_orders_nothing(asha: Customer) -> None:
    asha.types("2 coffees")
    asha.sees("Coffee × 2")
    asha.waits(31)
    asha.types("yes")
    asha.sees("What would you like to do")
    assert asha.orders() == []
    asha.is_nowhere()


def test_half_an_hour_is_not_over_yet(asha: Customer) -> None:
    asha.types("coffee")
    asha.sees("Great choice!")
    asha.waits(29)
    asha.types("2")
    asha.sees("Coffee × 2 = ₹240", options=SUMMARY)


def test_a_new_order_after_half_an_hour_holds_nothing_of_the_old_one(asha: Customer) -> None:
    asha.types("2 coffees")
    asha.sees("Coffee × 2")
    asha.waits(31)
    asha.types("one tea")
    text = asha.sees("Tea × 1 = ₹80", options=SUMMARY)["text"]
    assert "Coffee" not in text


def test_a_tap_on_an_expired_question_says_so(asha: Customer) -> None:
    asha.types("coffee")
    asha.sees("Great choice!")
    asha.waits(31)
    asha.taps("2")
    asha.sees("earlier message", options=["Place Order", "Track Order", "Main Menu"])
    asha.is_nowhere()


def test_an_expired_conversation_is_swept_away(asha: Customer) -> None:
    asha.types("2 coffees")
    asha.sees("Coffee × 2")
    asha.waits(31)
    eventually(lambda: not asha.state())


def test_a_conversation_whose_row_expired_is_over(asha: Customer) -> None:
    asha.types("2 coffees")
    asha.sees("Coffee × 2")
    asha.stack.rows(
        "UPDATE conversation_state SET expires_at = now() WHERE phone_number = %s", asha.phone
    )
    asha.types("yes")
    asha.sees("What would you like to do")
    assert asha.orders() == []
    asha.is_nowhere()


def test_a_conversation_whose_row_was_swept_is_over(asha: Customer) -> None:
    asha.types("coffee")
    asha.sees("Great choice!")
    asha.stack.rows("DELETE FROM conversation_state WHERE phone_number = %s", asha.phone)
    asha.types("2")
    asha.sees("2 of which one?")
    asha.is_at("new_order", "category_selection", {})
