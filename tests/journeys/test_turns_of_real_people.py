"""Orders in the words of real people, where they span turns or say more than an order."""

import pytest

from tests.journeys.play import Customer
from tests.journeys.test_cart import SUMMARY, lines, says


def test_some_of_what_is_there_is_changed(asha: Customer) -> None:
    says(asha, "2 coffees")
    says(asha, "make 1 of them cold")
    assert lines(asha) == ["coffee 1", "coffee 1"]
    assert "Coffee × 1 = ₹120\nCoffee (cold) × 1 = ₹120\nTotal: ₹240" in asha.last["text"]
    says(asha, "actually make one of them tea")
    assert lines(asha) == ["coffee 1", "tea 1"]
    assert "Total: ₹200" in asha.last["text"]


def test_what_is_not_sold_and_what_is_another_kind_is_said(asha: Customer) -> None:
    says(asha, "a lasagna and a coffee")
    assert "we don't have a lasagna" in asha.last["text"]
    assert lines(asha) == ["coffee 1"]
    says(asha, "2 green tea")
    assert "We do have Tea (Masala Chai). Would that be all right?" in asha.last["text"]
    asha.types("add an iced coffee")
    asha.sees("Coffee × 1 = ₹120", "Coffee (iced) × 1 = ₹120")
    assert "we don't have" not in asha.last["text"]


def test_a_number_and_a_question_are_both_answered(asha: Customer) -> None:
    asha.types("coffee")
    asha.sees("Great choice!")
    asha.types("2 pls n what time u close")
    asha.sees("Coffee × 2 = ₹240", options=SUMMARY)
    assert "order summary" not in asha.last["text"].casefold().split("\n")[0]
    asha.sees_nothing_more()


@pytest.mark.parametrize(
    ("question", "total"),
    [
        ("the total for 3 coffees and 4 samosas?", "Total: ₹520"),
        ("how much for 2 chai", "Tea × 2 = ₹160"),
    ],
)
def test_prices_are_summed_up(asha: Customer, question: str, total: str) -> None:
    asha.types(question)
    asha.sees(total)
    asha.is_nowhere()
