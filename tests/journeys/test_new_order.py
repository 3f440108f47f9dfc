"""Ordering, as the customer sees it and as the tables say it."""

import pytest

from tests.journeys.play import Customer

COFFEE = {"product": "coffee", "product_name": "Coffee", "price": 120}
SUMMARY = ["✅ Confirm Order", "❌ Cancel", "🔄 Edit"]


def asks_for_coffee(asha: Customer) -> None:
    asha.types("Place Order")
    asha.sees("🛍️ What would you like to order?")
    asha.taps("Coffee")
    asha.sees("Great choice! ☕ Coffee - ₹120", "How many")


def test_coffee_by_tapping(asha: Customer) -> None:
    asha.types("Hi")
    asha.sees(
        "Welcome! How can we help you today?", options=["Track Order", "Place Order", "Get Support"]
    )
    asha.is_at("main_menu", "menu_shown", {})

    asha.taps("Place Order")
    asha.sees("🛍️ What would you like to order?")
    assert asha.last["button"] == "View Products"
    asha.is_at("new_order", "category_selection", {})

    asha.taps("Coffee")
    asha.sees("Great choice! ☕ Coffee - ₹120", "1, 2, 3")
    asha.is_at("new_order", "quantity_input", COFFEE)

    asha.types("2")
    asha.sees("📋 Order Summary:\nCoffee × 2 = ₹240\n\nIs this correct?", options=SUMMARY)
    asha.is_at("new_order", "confirmation", {**COFFEE, "quantity": 2, "total": 240})

    asha.taps("✅ Confirm Order")
    asha.sees("✅ Order Confirmed!", "Coffee × 2 = ₹240", "15 minutes", 'Reply "menu"')
    asha.is_nowhere()
    [order] = asha.orders()
    assert f"track {order['order_id']}" in asha.last["text"]
    assert order["items"] == [{**COFFEE, "quantity": 2}]
    assert (order["total"], order["status"]) == (240, "pending")
    asha.sees_nothing_more()


def test_a_sentence_makes_a_cart(asha: Customer) -> None:
    asha.types("2 coffees and 3 samosas")
    asha.sees("Coffee × 2 = ₹240", "Samosa × 3 = ₹120", "₹360", options=SUMMARY)
    [state] = asha.state()
    assert state["context"]["total"] == 360
    assert [(line["product"], line["quantity"]) for line in state["context"]["items"]] == [
        ("coffee", 2),
        ("samosa", 3),
    ]
    asha.types("yes")
    asha.sees("✅ Order Confirmed!")
    assert [order["total"] for order in asha.orders()] == [360]


def test_confirm_tapped_twice_is_one_order(asha: Customer) -> None:
    asha.types("one tea please")
    summary = asha.sees("Tea × 1 = ₹80")
    asha.taps("✅ Confirm Order", on=summary["id"])
    asha.taps("✅ Confirm Order", on=summary["id"])
    asha.sees("✅ Order Confirmed!")
    [order] = asha.orders()
    asha.sees(order["order_id"])
    asha.sees_nothing_more()
    assert len(asha.orders()) == 1


@pytest.mark.parametrize("bad", ["0", "1000000", "-2", "half", "lots", "2.5"])
def test_a_bad_quantity_leaves_the_question_open(asha: Customer, bad: str) -> None:
    asha.types("coffee")
    asha.sees("Great choice!")
    asha.types(bad)
    asha.sees("How many")
    asha.is_at("new_order", "quantity_input", COFFEE)
    asha.types("3")
    asha.sees("Coffee × 3 = ₹360")


def test_cancel_cancels_at_once(asha: Customer) -> None:
    asha.types("2 teas")
    asha.sees("Tea × 2 = ₹160")
    asha.taps("❌ Cancel")
    asha.sees("Cancelled", options=["Place Order", "Main Menu"])
    asha.is_nowhere()
    assert asha.orders() == []


def test_edit_offers_choices_and_takes_a_number(asha: Customer) -> None:
    asha.types("2 teas")
    asha.sees("Tea × 2 = ₹160")
    asha.taps("🔄 Edit")
    asha.sees("Tea")
    assert asha.last["options"]
    asha.types("5")
    asha.sees("Tea × 5 = ₹400", options=SUMMARY)
    asha.is_at("new_order", "confirmation")
    assert asha.orders() == []


def test_a_question_is_answered_and_the_open_step_asked_again(asha: Customer) -> None:
    asha.types("coffee")
    asha.sees("Great choice!")
    asha.types("when do you open?")
    asha.sees("all day", "How many")
    asha.is_at("new_order", "quantity_input", COFFEE)


def test_the_menu_leaves_an_open_question(asha: Customer) -> None:
    asha.types("coffee")
    asha.sees("Great choice!")
    asha.types("menu")
    asha.sees("Welcome!")
    asha.is_at("main_menu", "menu_shown", {})
    asha.sees_nothing_more()


@pytest.mark.parametrize(
    ("words", "answer"),
    [("2 burgers", 'nothing like "burgers"'), ("do pizza aur ek pepsi bhejo", "Sorry, ")],
)
def test_what_the_shop_does_not_sell(asha: Customer, words: str, answer: str) -> None:
    asha.types(words)
    asha.sees(answer, "What would you like to order?")
    asha.is_at("new_order", "category_selection")
    assert asha.orders() == []
