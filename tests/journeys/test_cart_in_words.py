"""What is said of a cart: nothing of it is dropped or twisted in silence."""

import pytest

from tests.journeys.play import Customer
from tests.journeys.test_cart import SUMMARY, lines, says


@pytest.mark.parametrize(
    ("change", "after"),
    [
        ("actually tea instead", ["tea 2"]),
        ("i want tea instead of coffee", ["tea 2"]),
        ("i meant tea", ["tea 2"]),
        ("not coffee, tea", ["tea 2"]),
        ("coffee ki jagah chai kar do", ["tea 2"]),
        ("make it 3 teas", ["tea 3"]),
        ("cancel and order 3 teas", ["tea 3"]),
        ("remove coffee and add 3 teas", ["tea 3"]),
        ("2 more", ["coffee 4"]),
        ("2 aur", ["coffee 4"]),
    ],
)
def test_one_line(asha: Customer, change: str, after: list[str]) -> None:
    says(asha, "2 coffees")
    says(asha, change)
    assert lines(asha) == after


@pytest.mark.parametrize(
    ("change", "after"),
    [
        ("change coffee to tea", ["samosa 3", "tea 2"]),
        ("swap coffee for tea", ["samosa 3", "tea 2"]),
        ("only the samosas", ["samosa 3"]),
        ("not coffee but juice", ["samosa 3", "juice 2"]),
        ("no coffee", ["samosa 3"]),
        ("I dont want coffee", ["samosa 3"]),
    ],
)
def test_several_lines(asha: Customer, change: str, after: list[str]) -> None:
    says(asha, "2 coffees and 3 samosas")
    says(asha, change)
    assert lines(asha) == after


def test_hindi(asha: Customer) -> None:
    says(asha, "2 coffees and 3 samosas")
    asha.types("कॉफी की जगह चाय कर दो")
    asha.sees("Samosa × 3 = ₹120", "Tea × 2 = ₹160")
    asha.types("समोसा हटा दो")
    asha.sees("Tea × 2 = ₹160")
    assert lines(asha) == ["tea 2"]


def test_a_number_beside_what_is_added_answers_how_many(asha: Customer) -> None:
    asha.types("coffee")
    asha.sees("Great choice!")
    says(asha, "2 and a samosa")
    assert lines(asha) == ["coffee 2", "samosa 1"]


def test_what_is_counted_is_added_and_the_question_stays(asha: Customer) -> None:
    asha.types("coffee")
    asha.sees("Great choice!")
    asha.types("2 samosas")
    asha.sees("Coffee: how many")
    says(asha, "1")
    assert lines(asha) == ["coffee 1", "samosa 2"]


def test_products_that_are_typed_one_by_one_are_all_kept(asha: Customer) -> None:
    asha.types("coffee")
    asha.sees("Great choice!")
    asha.types("samosa")
    asha.sees("Coffee: how many")
    asha.types("2 coffee")
    asha.sees("Samosa: how many")
    says(asha, "3")
    assert lines(asha) == ["coffee 2", "samosa 3"]


def test_another_product_is_meant_before_the_first_was_counted(asha: Customer) -> None:
    asha.types("coffee")
    asha.sees("Great choice!")
    asha.types("not coffee, tea")
    asha.sees("Great choice! 🍵 Tea - ₹80", "How many")
    says(asha, "2")
    assert lines(asha) == ["tea 2"]


@pytest.mark.parametrize("bad", ["0", "-1", "100000", "99 more coffees"])
def test_what_cannot_be_ordered_leaves_the_number_as_it_was(asha: Customer, bad: str) -> None:
    says(asha, "3 coffees")
    asha.types(bad)
    asha.sees("1 to 100", "Coffee × 3 = ₹360", options=SUMMARY)
    asha.is_at("new_order", "confirmation")


@pytest.mark.parametrize(("way", "question"), [("coffee", "How many"), ("2 coffees", "Coffee × 2")])
def test_a_fraction_is_asked_for_as_a_whole_number(asha: Customer, way: str, question: str) -> None:
    asha.types(way)
    asha.sees(question)
    asha.types("2.5")
    asha.sees("whole number", "1 to 100", question)


def test_what_is_left_when_all_was_taken_off_is_nothing(asha: Customer) -> None:
    says(asha, "2 coffees")
    asha.types("remove the coffee")
    asha.sees("Your order is empty")
    says(asha, "3 teas")
    assert lines(asha) == ["tea 3"]


@pytest.mark.parametrize(
    ("words", "note", "after"),
    [
        ("5 samosas without onion", "📝 Samosa: without onion", ["coffee 2", "samosa 5"]),
        ("make the coffee without sugar", "📝 without sugar", ["coffee 2"]),
        ("make it less sweet", "📝 less sweet", ["coffee 2"]),
        ("no sugar please", "📝 no sugar", ["coffee 2"]),
        ("note: ring the bell twice", "📝 ring the bell twice", ["coffee 2"]),
    ],
)
def test_how_it_is_to_be_made_is_noted(
    asha: Customer, words: str, note: str, after: list[str]
) -> None:
    says(asha, "2 coffees")
    asha.types(words)
    asha.sees("📋 Order Summary", note, "Is this correct?", options=SUMMARY)
    assert lines(asha) == after


def test_notes_stay_until_the_order_is_placed_and_come_again_with_it(asha: Customer) -> None:
    asha.types("2 hot coffees and a tea with less sugar")
    asha.sees("📝 Coffee: hot", "📝 Tea: with less sugar")
    asha.types("3 coffees")
    asha.sees("Coffee × 3", "📝 Coffee: hot", "📝 Tea: with less sugar")
    asha.types("remove the tea")
    asha.sees("Coffee × 3 = ₹360\n📝 hot\n")
    asha.taps("✅ Confirm Order")
    asha.sees("✅ Order Confirmed!", "📝 hot")
    (order,) = asha.orders()
    assert order["notes"] == {"coffee": "hot"}
    asha.types("same again please")
    asha.sees("Coffee × 3 = ₹360\n📝 hot\n")


def test_a_note_is_taken_back(asha: Customer) -> None:
    asha.types("2 coffees without sugar")
    asha.sees("📝 without sugar")
    asha.types("no note please")
    asha.sees("Coffee × 2 = ₹240\n\nIs this correct?", options=SUMMARY)


def test_a_note_beside_the_number_and_beside_confirm(asha: Customer) -> None:
    asha.types("coffee")
    asha.sees("Great choice!")
    asha.types("2, no sugar")
    asha.sees("Coffee × 2 = ₹240\n📝 no sugar\n", options=SUMMARY)


def test_a_note_on_an_order_that_waits_for_the_kitchen(asha: Customer) -> None:
    asha.types("2 coffees")
    asha.sees("📋 Order Summary")
    asha.taps("✅ Confirm Order")
    asha.sees("✅ Order Confirmed!")
    asha.types("no sugar please")
    asha.sees("your order ORD-", "is changed", "Coffee × 2 = ₹240\n📝 no sugar")
    (order,) = asha.orders()
    assert order["notes"] == {"coffee": "no sugar"}


def test_a_note_without_an_order_says_what_it_needs(asha: Customer) -> None:
    asha.types("no sugar please")
    asha.sees('I can add "no sugar" to an order as a note')


@pytest.mark.parametrize(
    ("words", "line"),
    [
        ("confirm 2", "Samosa × 2 = ₹80"),
        ("do aur", "Samosa × 5 = ₹200"),
        ("confirm after 5 pm", "Samosa × 3 = ₹120"),
        ("confirm, call before coming", "Samosa × 3 = ₹120"),
    ],
)
def test_a_yes_that_says_more_places_nothing(asha: Customer, words: str, line: str) -> None:
    asha.types("3 samosas")
    asha.sees("Samosa × 3")
    asha.types(words)
    asha.sees(line, options=SUMMARY)
    assert asha.orders() == []
    asha.types("yes please confirm")
    asha.sees("Order Confirmed")
