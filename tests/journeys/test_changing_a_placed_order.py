"""Wishes to change an order that was placed: what is true of it, and the ways on."""

import pytest

from tests.journeys.play import Customer
from tests.journeys.test_cart import lines, says

WAYS = ["Place Order", "Cancel that order", "Talk to a person"]


@pytest.fixture
def number(asha: Customer) -> str:
    """The order that Asha has just placed."""
    says(asha, "2 coffees")
    asha.types("yes")
    asha.sees("✅ Order Confirmed!")
    return str(asha.orders()[0]["order_id"])


@pytest.mark.parametrize(
    ("words", "left"),
    [
        ("change my order to 3 teas", "Tea × 3"),
        ("add 2 samosas to my order", "Samosa × 2"),
        ("can I add a coffee", "Coffee × 3 = ₹360"),
        ("make it 3", "Coffee × 3 = ₹360"),
        ("no sugar please", "📝 no sugar"),
    ],
)
def test_words_that_change_an_order(asha: Customer, number: str, words: str, left: str) -> None:
    asha.types(words)
    asha.sees(f"your order {number} is changed", left)
    asha.is_nowhere()
    assert len(asha.orders()) == 1


def test_a_wish_without_a_change_is_told_the_ways_on(asha: Customer, number: str) -> None:
    asha.types("edit my order")
    asha.sees(f"We have your order {number}", "still change it", options=WAYS)
    asha.is_nowhere()


def test_an_order_without_its_last_line_is_none(asha: Customer, number: str) -> None:
    asha.types("remove the coffee from my order")
    asha.sees("Shall I cancel your order", number)


def test_the_ways_on(asha: Customer, number: str) -> None:
    asha.types("edit my order")
    asha.sees(number)
    asha.taps("Cancel that order")
    asha.sees("Shall I cancel your order", number)
    asha.taps("Keep it")
    asha.sees("stays")
    asha.types("edit my order")
    asha.sees(number)
    asha.taps("Place Order")
    asha.sees("What would you like to order?")


def test_an_old_edit_tap(asha: Customer) -> None:
    asha.types("2 coffees")
    summary = asha.sees("Coffee × 2")["id"]
    asha.types("yes")
    asha.sees("✅ Order Confirmed!")
    asha.taps("🔄 Edit", on=summary)
    asha.sees("still change it", asha.orders()[0]["order_id"], options=WAYS)


def test_what_is_being_prepared_cannot_be_cancelled(asha: Customer, number: str) -> None:
    asha.stack.rows("UPDATE orders SET status = 'preparing' WHERE order_id = %s", number)
    asha.sees("being prepared")
    asha.types("can I add a coffee")
    asha.sees(number, "being prepared", "TKT-")


def test_a_wish_without_a_change_goes_to_nobody(asha: Customer, number: str) -> None:
    asha.stack.rows("UPDATE orders SET status = 'preparing' WHERE order_id = %s", number)
    asha.sees("being prepared")
    asha.types("edit my order")
    asha.sees(number, "being prepared", options=["Place Order", "Talk to a person"])
    assert asha.tickets() == []


@pytest.mark.parametrize("words", ["2 teas", "i want 2 teas"])
def test_a_new_wish_is_an_order_of_its_own(asha: Customer, number: str, words: str) -> None:
    says(asha, words)
    assert lines(asha) == ["tea 2"]


def test_what_was_delivered_is_not_spoken_of(asha: Customer, number: str) -> None:
    asha.stack.rows("UPDATE orders SET status = 'delivered' WHERE order_id = %s", number)
    asha.next_bubble()
    says(asha, "add 2 samosas to my order")
    assert lines(asha) == ["samosa 2"]


def test_in_the_catalogue_an_order_is_being_made(asha: Customer, number: str) -> None:
    asha.types("Place Order")
    asha.sees("What would you like to order?")
    says(asha, "add 2 samosas")
    assert lines(asha) == ["samosa 2"]
