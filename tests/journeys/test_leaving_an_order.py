"""Leaving an order's steps, and coming back to it."""

import itertools

import pytest

from tests.journeys.play import Customer
from tests.journeys.test_cart import SUMMARY, lines, says

CHANGE = "What shall I change?"


@pytest.mark.parametrize(
    ("between", "back"),
    [
        *itertools.product(["hi", "menu", "track my order"], ["confirm", "yes"]),
        ("human please", "confirm"),  # a mere yes is for the person who is awaited
    ],
)
def test_a_cart_that_was_left_comes_back(asha: Customer, between: str, back: str) -> None:
    says(asha, "2 coffees")
    asha.types(between)
    asha.next_bubble()
    asha.types(back)
    asha.sees("was not placed", "Coffee × 2 = ₹240", options=SUMMARY)
    assert asha.orders() == []
    asha.types("yes")
    asha.sees("✅ Order Confirmed!")
    assert len(asha.orders()) == 1


def test_a_greeting_still_knows_nothing(asha: Customer) -> None:
    says(asha, "2 coffees")
    asha.types("Hi")
    asha.sees("Welcome!")
    asha.is_at("main_menu", "menu_shown", {})


@pytest.mark.parametrize("done_with", ["yes", "cancel"])
def test_what_was_placed_or_cancelled_does_not_come_back(asha: Customer, done_with: str) -> None:
    says(asha, "2 coffees")
    asha.types("hi")
    asha.sees("Welcome!")
    says(asha, "3 teas")
    asha.types(done_with)
    asha.next_bubble()
    asha.types("hi")
    asha.sees("Welcome!")
    asha.types("confirm")
    asha.sees("no order to confirm")


def test_the_latest_cart_comes_back(asha: Customer) -> None:
    says(asha, "2 coffees")
    asha.types("hi")
    asha.sees("Welcome!")
    says(asha, "3 teas")
    asha.types("hi")
    asha.sees("Welcome!")
    asha.types("confirm")
    asha.sees("was not placed", "Tea × 3 = ₹240", options=SUMMARY)
    assert lines(asha) == ["tea 3"]


def test_after_half_an_hour_nothing_comes_back(asha: Customer) -> None:
    says(asha, "2 coffees")
    asha.types("hi")
    asha.sees("Welcome!")
    asha.waits(31)
    asha.types("confirm")
    asha.sees("no order to confirm")


@pytest.mark.parametrize("words", ["confirm", "done", "that's all", "no", "nothing", "yes"])
def test_nothing_is_added_after_all(asha: Customer, words: str) -> None:
    says(asha, "2 coffees")
    asha.taps("🔄 Edit")
    asha.sees(CHANGE)
    asha.taps("➕ Add something")
    asha.sees("Your order so far:\nCoffee × 2\n\n", "What would you like to order?")
    asha.types(words)
    asha.sees("Coffee × 2 = ₹240", options=SUMMARY)
    asha.is_at("new_order", "confirmation")
    assert asha.orders() == []


@pytest.mark.parametrize("words", ["nahi chahiye", "no", "no thanks", "never mind", "nothing"])
def test_no_to_how_many_leaves_the_order(asha: Customer, words: str) -> None:
    asha.types("coffee")
    asha.sees("How many")
    asha.types(words)
    asha.sees("Nothing was ordered", options=["Place Order", "Main Menu"])
    asha.is_nowhere()


def test_no_to_how_many_of_one_more_leaves_the_rest(asha: Customer) -> None:
    says(asha, "2 coffees")
    asha.types("samosa")
    asha.sees("Samosa: how many")
    says(asha, "no")
    assert lines(asha) == ["coffee 2"]


def test_no_to_another_number_keeps_the_one_of_before(asha: Customer) -> None:
    chooses_a_line(asha)
    says(asha, "never mind")
    assert lines(asha) == ["coffee 2", "tea 1"]


@pytest.mark.parametrize("words", ["no", "nothing", "ok", "yes"])
def test_nothing_is_changed_after_all(asha: Customer, words: str) -> None:
    says(asha, "2 coffees")
    asha.taps("🔄 Edit")
    asha.sees(CHANGE)
    says(asha, words)
    assert lines(asha) == ["coffee 2"]
    assert asha.orders() == []


@pytest.mark.parametrize("words", ["remove it", "0"])
def test_none_of_a_line_takes_it_off(asha: Customer, words: str) -> None:
    chooses_a_line(asha)
    says(asha, words)
    assert lines(asha) == ["tea 1"]


def test_removing_the_only_line_leaves_the_order(asha: Customer) -> None:
    asha.types("coffee")
    asha.sees("How many")
    asha.types("remove it")
    asha.sees("Nothing was ordered")
    asha.is_nowhere()


def chooses_a_line(customer: Customer) -> None:
    """Of two lines, the coffees are to be changed."""
    says(customer, "2 coffees and 1 tea")
    customer.taps("🔄 Edit")
    customer.sees(CHANGE)
    customer.taps("✏️ Coffee × 2")
    customer.sees("Coffee: how many")
