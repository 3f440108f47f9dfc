"""Where is my order?"""

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
    asha.sees("ORD-12345", "preparing", options=AGAIN)
    asha.is_at("order_tracking", "showing_status", {"order_id": "ORD-12345"})
