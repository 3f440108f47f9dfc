"""Old taps: they never do the wrong thing, and are answered with what is true now."""

from collections.abc import Iterator

import pytest

from tests.journeys.play import Customer
from tests.journeys.shelf import Shelf, wants
from tests.journeys.stack import Stack

SUMMARY = ["✅ Confirm Order", "❌ Cancel", "🔄 Edit"]
A_DAY = 24 * 60


@pytest.fixture
def shelf(stack: Stack) -> Iterator[Shelf]:
    with Shelf(stack) as own:
        yield own


def sees_a_cart(customer: Customer, words: str, *seen: str) -> str:
    """Orders in words; returns the id of the summary."""
    customer.types(words)
    return str(customer.sees(*seen, options=SUMMARY)["id"])


def confirms(customer: Customer) -> str:
    customer.taps("✅ Confirm Order")
    customer.sees("✅ Order Confirmed!")
    return str(customer.orders()[-1]["order_id"])


@pytest.mark.parametrize(
    ("status", "said"),
    [("pending", "pending"), ("preparing", "being prepared"), ("delivered", "delivered")],
)
def test_yesterdays_confirm_says_what_became_of_the_order(
    asha: Customer, status: str, said: str
) -> None:
    summary = sees_a_cart(asha, "2 coffees", "Coffee × 2")
    number = confirms(asha)
    asha.stack.rows("UPDATE orders SET status = %s WHERE order_id = %s", status, number)
    if status != "pending":
        asha.sees(number)
    asha.waits(A_DAY)
    asha.taps("✅ Confirm Order", on=summary)
    asha.sees("already placed", number, said)
    assert len(asha.orders()) == 1


def test_yesterdays_confirm_never_confirms_todays_cart(asha: Customer) -> None:
    old = sees_a_cart(asha, "2 coffees", "Coffee × 2")
    number = confirms(asha)
    asha.waits(A_DAY)
    sees_a_cart(asha, "one tea", "Tea × 1")
    asha.taps("✅ Confirm Order", on=old)
    asha.sees("already placed", number, "Tea × 1 = ₹80", options=SUMMARY)
    assert len(asha.orders()) == 1
    asha.is_at("new_order", "confirmation")


def test_an_expired_cart_is_offered_anew_at_todays_prices(asha: Customer, shelf: Shelf) -> None:
    sku = shelf.puts(50)
    wants(asha, **{sku: 2})
    asha.sees("Lassi × 2 = ₹100")
    asha.waits(31)
    shelf.changes(sku, price=60)
    asha.taps("✅ Confirm Order")
    asha.sees("was not placed", "Lassi × 2 = ₹120", options=SUMMARY)
    assert asha.orders() == []
    confirms(asha)
    assert [order["total"] for order in asha.orders()] == [120]


def test_an_expired_cart_of_what_is_sold_out(asha: Customer, shelf: Shelf) -> None:
    sku = shelf.puts(50)
    wants(asha, **{sku: 2})
    asha.sees("Lassi × 2 = ₹100")
    asha.waits(31)
    shelf.changes(sku, is_available=False)
    asha.taps("✅ Confirm Order")
    assert asha.next_bubble()["options"]
    assert asha.orders() == []


def test_confirm_of_what_became_dearer_shows_the_new_price(asha: Customer, shelf: Shelf) -> None:
    sku = shelf.puts(50)
    wants(asha, **{sku: 2})
    asha.sees("Lassi × 2 = ₹100")
    shelf.changes(sku, price=55.5)
    asha.taps("✅ Confirm Order")
    asha.sees("Prices have changed", "Lassi × 2 = ₹111", options=SUMMARY)
    assert asha.orders() == []
    confirms(asha)
    assert [order["total"] for order in asha.orders()] == [111]


@pytest.mark.parametrize("how", ["tap", "word"])
def test_confirm_of_what_is_sold_out(asha: Customer, shelf: Shelf, how: str) -> None:
    sku = shelf.puts(50)
    wants(asha, **{sku: 2}, tea=1)
    asha.sees("Lassi × 2 = ₹100", "Tea × 1 = ₹80")
    shelf.changes(sku, is_available=False)
    if how == "tap":
        asha.taps("✅ Confirm Order")
    else:
        asha.types("yes")
    asha.sees("not available", "Lassi", "Tea × 1 = ₹80", options=SUMMARY)
    assert asha.orders() == []
    asha.is_at("new_order", "confirmation")


@pytest.mark.parametrize("how", ["tap", "word"])
def test_confirm_when_nothing_is_left_to_sell(asha: Customer, shelf: Shelf, how: str) -> None:
    sku = shelf.puts(50)
    wants(asha, **{sku: 2})
    asha.sees("Lassi × 2 = ₹100")
    shelf.changes(sku, is_available=False)
    if how == "tap":
        asha.taps("✅ Confirm Order")
    else:
        asha.types("yes")
    asha.sees("not available", "Lassi", "What would you like to order?")
    assert asha.orders() == []
    asha.is_at("new_order", "category_selection")


def test_an_older_version_of_the_cart_is_not_confirmed(asha: Customer) -> None:
    old = sees_a_cart(asha, "2 coffees", "Coffee × 2")
    sees_a_cart(asha, "make it 3", "Coffee × 3")
    asha.taps("✅ Confirm Order", on=old)
    asha.sees("earlier version", "Coffee × 3 = ₹360", options=SUMMARY)
    assert asha.orders() == []
    confirms(asha)
    assert [order["total"] for order in asha.orders()] == [360]


@pytest.mark.parametrize("button", ["❌ Cancel", "🔄 Edit"])
def test_an_older_version_of_the_cart_is_not_changed(asha: Customer, button: str) -> None:
    old = sees_a_cart(asha, "2 coffees", "Coffee × 2")
    sees_a_cart(asha, "make it 3", "Coffee × 3")
    asha.taps(button, on=old)
    asha.sees("earlier message", "Coffee × 3 = ₹360", options=SUMMARY)
    asha.is_at("new_order", "confirmation")


def test_an_older_question_how_many_does_not_answer_the_open_one(asha: Customer) -> None:
    asha.types("coffee")
    old = asha.sees("Great choice!", "Coffee")["id"]
    asha.types("tea")
    asha.sees("Coffee: how many")
    asha.taps("2", on=old)
    asha.sees("earlier message", "Coffee: how many")
    asha.is_at("new_order", "quantity_input")
    asha.types("3")
    asha.sees("Tea: how many")
    asha.types("1")
    asha.sees("Coffee × 3 = ₹360", "Tea × 1 = ₹80")


def test_a_number_tapped_after_the_cart_changes_nothing(asha: Customer) -> None:
    asha.types("coffee")
    old = asha.sees("Great choice!")["id"]
    asha.taps("2")
    asha.sees("Coffee × 2")
    asha.taps("1", on=old)
    asha.sees("earlier message", "Coffee × 2 = ₹240", options=SUMMARY)


def test_yes_cancel_it_tapped_twice(asha: Customer) -> None:
    sees_a_cart(asha, "one tea", "Tea × 1")
    number = confirms(asha)
    asha.types("cancel my order")
    asked = asha.sees("Shall I cancel", number)["id"]
    for _ in range(2):
        asha.taps("Yes, cancel it", on=asked)
        asha.sees(f"{number} is cancelled")
    assert [order["status"] for order in asha.orders()] == ["cancelled"]


def test_yes_cancel_it_after_the_kitchen_began(asha: Customer) -> None:
    sees_a_cart(asha, "one tea", "Tea × 1")
    number = confirms(asha)
    asha.types("cancel my order")
    asked = asha.sees("Shall I cancel", number)["id"]
    asha.stack.rows("UPDATE orders SET status = 'preparing' WHERE order_id = %s", number)
    asha.sees(number, "being prepared")
    asha.taps("Yes, cancel it", on=asked)
    asha.sees(number, "can't cancel it", options=["Talk to a person", "Main Menu"])
    assert [order["status"] for order in asha.orders()] == ["preparing"]
    asha.is_nowhere()


def test_keep_it_keeps_it(asha: Customer) -> None:
    sees_a_cart(asha, "one tea", "Tea × 1")
    number = confirms(asha)
    asha.types(f"cancel {number}")
    asha.sees("Shall I cancel", number)
    asha.taps("Keep it")
    asha.sees("stays")
    assert [order["status"] for order in asha.orders()] == ["pending"]
    asha.is_nowhere()


def test_yes_to_cancelling_a_placed_order_does_not_place_the_open_cart(asha: Customer) -> None:
    sees_a_cart(asha, "one tea", "Tea × 1")
    number = confirms(asha)
    sees_a_cart(asha, "2 coffees", "Coffee × 2")
    asha.types(f"cancel {number}")
    asha.sees("Shall I cancel", number)
    asha.is_at("order_tracking", "cancelling", {"order_id": number})
    asha.types("yes")
    asha.sees(f"{number} is cancelled", "Coffee × 2 = ₹240")
    asha.is_at("new_order", "confirmation")
    assert [order["status"] for order in asha.orders()] == ["cancelled"]


def test_confirm_without_context_is_taken_by_what_is_true_now(asha: Customer) -> None:
    old = sees_a_cart(asha, "2 coffees", "Coffee × 2")
    asha.taps("✅ Confirm Order", on=old, context=False)
    asha.sees("✅ Order Confirmed!")
    number = asha.orders()[0]["order_id"]
    asha.taps("✅ Confirm Order", on=old, context=False)
    asha.sees("no order to confirm", number, "pending")
    assert len(asha.orders()) == 1


def test_an_old_row_starts_a_new_order(asha: Customer) -> None:
    asha.types("order")
    catalogue = asha.sees("What would you like to order?")["id"]
    asha.taps("Coffee")
    asha.sees("Great choice!")
    asha.types("1")
    asha.sees("Coffee × 1")
    confirms(asha)
    asha.waits(A_DAY)
    asha.taps("Samosa", on=catalogue)
    asha.sees("Samosa - ₹40", "How many")
    asha.is_at("new_order", "quantity_input")


def test_an_old_row_of_what_is_sold_out(asha: Customer, shelf: Shelf) -> None:
    """Rows are the menu's; one whose product went meanwhile leads to what there is."""
    sku = shelf.puts(50)
    shelf.changes(sku, is_available=False)
    gone = {"type": "list_reply", "list_reply": {"id": sku, "title": "Lassi"}}
    asha.does(message={"type": "interactive", "interactive": gone})
    asha.sees("not available", "Lassi", "What would you like to order?")
    asha.is_at("new_order", "category_selection", {})
