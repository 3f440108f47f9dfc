"""Where is my order?"""

import re

import pytest

from tests.journeys.play import Customer

AGAIN = ["Track Again", "Main Menu"]


def order(customer: Customer, words: str = "one tea") -> str:
    """Orders something and returns the order's number."""
    customer.types(words)
    customer.sees("📋 Order Summary")
    customer.taps("✅ Confirm Order")
    customer.sees("✅ Order Confirmed!")
    return str(customer.orders()[-1]["order_id"])


def test_tracking_asks_shows_and_asks_again(asha: Customer) -> None:
    number = order(asha)
    asha.types("Track my order")
    asha.sees("📦 Please provide your order ID (e.g., ORD-12345)")
    asha.is_at("order_tracking", "awaiting_order_id", {})

    asha.types(number)
    asha.sees(number, "pending", options=AGAIN)
    asha.is_at("order_tracking", "showing_status", {"order_id": number})

    asha.taps("Track Again")
    asha.sees("📦 Please provide your order ID")
    asha.is_at("order_tracking", "awaiting_order_id", {})

    asha.types(number.removeprefix("ORD-"))
    asha.sees(number, options=AGAIN)


def test_the_number_at_once(asha: Customer) -> None:
    number = order(asha)
    asha.types(f"track {number}")
    asha.sees(number, "Tea × 1", options=AGAIN)
    asha.types(f"where is {number.lower().replace('-', ' ')}?")
    asha.sees(number, options=AGAIN)


def test_nobody_sees_another_customers_order(asha: Customer, ravi: Customer) -> None:
    number = order(asha)
    ravi.types(number)
    foreign = ravi.sees("I cannot find")["text"].replace(number, "ORD-99999999")
    ravi.types("ORD-99999999")
    assert ravi.next_bubble()["text"] == foreign
    ravi.is_at("order_tracking", "awaiting_order_id", {})


def test_an_order_entered_by_hand_is_found_by_its_phone(asha: Customer) -> None:
    asha.types("hi")
    asha.sees("Welcome!")
    asha.stack.rows(
        "INSERT INTO orders (order_id, customer_phone, items, total, status)"
        " VALUES ('ORD-12345', %s, %s, 120, 'preparing')",
        asha.phone,
        '[{"product": "coffee", "quantity": 1}]',
    )
    asha.types("ORD-12345")
    asha.sees("ORD-12345", "preparing", "Coffee × 1", options=AGAIN)
    asha.is_at("order_tracking", "showing_status", {"order_id": "ORD-12345"})


@pytest.mark.parametrize("words", ["where is it?", "how long will it take", "kitna time lagega"])
def test_the_one_open_order_needs_no_number(asha: Customer, words: str) -> None:
    number = order(asha)
    asha.types(words)
    asha.sees(
        number,
        "pending",
        "✅ Placed → ▫️ Preparing → ▫️ Ready",
        "⏱️ Your order will be ready at",
        options=AGAIN,
    )
    asha.is_at("order_tracking", "showing_status", {"order_id": number})


SPELLINGS = [
    "ORD-{}",
    "ord-{}",
    "ord {}",
    "Ord{}",
    "order no. {}",
    "order number {}",
    "where is my order {}?",
    "please track ORD - {} for me",
]


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_a_number_typed_in_any_way(asha: Customer, spelling: str) -> None:
    number = order(asha)
    asha.types(spelling.format(number.removeprefix("ORD-")))
    asha.sees(number, "pending", options=AGAIN)
    asha.is_at("order_tracking", "showing_status", {"order_id": number})


@pytest.mark.parametrize("spelling", [*SPELLINGS, "{}", "#{}", " {} "])
def test_a_number_typed_in_any_way_when_it_was_asked_for(asha: Customer, spelling: str) -> None:
    number = order(asha)
    asha.types("track my order")
    asha.sees("Please provide your order ID")
    asha.types(spelling.format(number.removeprefix("ORD-")))
    asha.sees(number, "pending", options=AGAIN)
    asha.is_at("order_tracking", "showing_status", {"order_id": number})


def test_the_own_recent_orders_are_offered(asha: Customer) -> None:
    numbers = [order(asha) for _ in range(3)]
    asha.types("where is my order?")
    asha.sees("order ID", options=[numbers[2], numbers[1], "Main Menu"])
    asha.taps(numbers[1])
    asha.sees(numbers[1], "pending", options=AGAIN)


@pytest.mark.parametrize("asked", [True, False], ids=["asked", "unasked"])
def test_foreign_unknown_and_malformed_numbers_get_the_same_words(
    asha: Customer, ravi: Customer, asked: bool
) -> None:
    foreign = order(asha)
    said = set()
    for number in (foreign, "ORD-99999999", "ORD-12x45"):
        if asked:
            ravi.types("track my order")
            ravi.sees("Please provide your order ID")
        ravi.types(number)
        said.add(re.sub(r"ORD-\d+", "ORD-X", ravi.next_bubble()["text"]))
        ravi.is_at("order_tracking", "awaiting_order_id", {})
    assert len(said) == 1


def test_a_foreign_order_cannot_be_cancelled(asha: Customer, ravi: Customer) -> None:
    number = order(asha)
    ravi.types(f"cancel {number}")
    foreign = ravi.sees("I cannot find")["text"].replace(number, "X")
    ravi.types("cancel ORD-99999999")
    assert ravi.next_bubble()["text"].replace("ORD-99999999", "X") == foreign
    assert asha.orders()[0]["status"] == "pending"


def test_a_pending_order_is_cancelled_after_a_question(asha: Customer) -> None:
    number = order(asha)
    asha.types(number)
    asha.sees("pending")
    asha.types("cancel")
    asha.sees("Shall I cancel", number, options=["Yes, cancel it", "Keep it"])
    asha.is_at("order_tracking", "cancelling", {"order_id": number})
    asha.taps("Yes, cancel it")
    asha.sees(f"{number} is cancelled")
    asha.is_nowhere()
    assert asha.orders()[0]["status"] == "cancelled"
    asha.types(f"cancel {number}")
    asha.sees(f"{number} is cancelled")


@pytest.mark.parametrize("question", ["track my order", "I need help"])
def test_my_order_is_the_one_that_was_placed(asha: Customer, question: str) -> None:
    """Whatever was asked meanwhile: "cancel" leaves that, "cancel my order" is about the order."""
    number = order(asha)
    asha.types(question)
    asha.next_bubble()
    asha.types("please cancel my order")
    asha.sees("Shall I cancel", number, options=["Yes, cancel it", "Keep it"])
    asha.taps("Keep it")
    asha.sees("order stays")
    asha.stack.rows("UPDATE orders SET status = 'preparing' WHERE order_id = %s", number)
    asha.sees(number, "being prepared")
    asha.types(question)
    asha.next_bubble()
    asha.types("cancel my order")
    asha.sees(number, "can't cancel it", options=["Talk to a person", "Main Menu"])
    asha.is_nowhere()


def test_a_new_order_is_left_before_a_placed_one_is_cancelled(asha: Customer) -> None:
    order(asha)
    asha.types("I want to order something")
    asha.sees("What would you like to order?")
    asha.types("cancel my order")
    asha.sees("let's leave that")
    assert asha.orders()[0]["status"] == "pending"


@pytest.mark.parametrize("words", ["never mind", "no thanks", "i dont have it"])
def test_who_has_no_number_may_tap_or_leave(asha: Customer, ravi: Customer, words: str) -> None:
    number = order(asha)
    for customer in (asha, ravi):
        customer.types("track my order")
        customer.sees("Please provide your order ID")
        customer.types(words)
    asha.sees("your latest orders", options=[number, "Main Menu"])
    ravi.sees("let's leave that", options=["Place Order", "Track Order", "Main Menu"])
    for customer in (asha, ravi):
        customer.is_nowhere()
    asha.taps(number)
    asha.sees(number, "pending", options=AGAIN)


def test_who_forgot_the_number_is_told_where_it_is(asha: Customer, ravi: Customer) -> None:
    number = order(asha)
    for customer in (asha, ravi):
        customer.types("track my order")
        customer.sees("Please provide your order ID")
        customer.types("where is my order")
    asha.sees("when you ordered", "Please provide", options=[number, "Main Menu"])
    ravi.sees("any order from this number", "Please provide", options=["Main Menu"])


def test_letters_are_no_number(asha: Customer) -> None:
    asha.types("track my order")
    asha.sees("Please provide your order ID")
    asha.types("ORD-abc")
    asha.sees("doesn't look like an order ID", "Please provide your order ID")
