"""The cart: several lines, changed in words and by taps, within limits."""

from collections.abc import Iterator

import pytest

from tests.journeys.play import Customer
from tests.journeys.shelf import Shelf, wants
from tests.journeys.stack import Stack

SUMMARY = ["✅ Confirm Order", "❌ Cancel", "🔄 Edit"]


@pytest.fixture
def shelf(stack: Stack) -> Iterator[Shelf]:
    with Shelf(stack) as own:
        yield own


def lines(customer: Customer) -> list[str]:
    """The lines of the open cart: `coffee 2`."""
    [state] = customer.state()
    context = state["context"]
    items = context.get("items") or [context]
    return [f"{item['product']} {item['quantity']}" for item in items]


def says(customer: Customer, words: str) -> None:
    """Says something of the order, which leads to the summary."""
    customer.types(words)
    customer.sees("📋 Order Summary", options=SUMMARY)


def test_several_lines_one_after_the_other(asha: Customer) -> None:
    says(asha, "2 coffees")
    says(asha, "3 samosas")
    says(asha, "and a tea please")
    assert lines(asha) == ["coffee 2", "samosa 3", "tea 1"]
    assert "₹440" in asha.last["text"]
    asha.taps("✅ Confirm Order")
    asha.sees("Coffee × 2 = ₹240", "Samosa × 3 = ₹120", "Tea × 1 = ₹80", "Total: ₹440")
    assert [order["total"] for order in asha.orders()] == [440]


def test_what_is_not_sold_is_said_beside_what_is(asha: Customer) -> None:
    says(asha, "2 burgers and a coffee")
    assert lines(asha) == ["coffee 1"]
    assert "we don't have 2 burgers" in asha.last["text"]


@pytest.mark.parametrize(
    ("change", "after"),
    [
        ("make it 3", ["coffee 3"]),
        ("add one samosa", ["coffee 2", "samosa 1"]),
        ("add a samosa and two teas", ["coffee 2", "samosa 1", "tea 2"]),
        ("add one more coffee", ["coffee 3"]),
        ("remove one coffee", ["coffee 1"]),
        ("make it 4 coffees", ["coffee 4"]),
        ("no, 5 coffees", ["coffee 5"]),
        ("5", ["coffee 5"]),
    ],
)
def test_one_line_is_changed_in_words(asha: Customer, change: str, after: list[str]) -> None:
    says(asha, "2 coffees")
    says(asha, change)
    assert lines(asha) == after


@pytest.mark.parametrize(
    ("change", "after"),
    [
        ("remove the tea", ["coffee 2"]),
        ("cancel the tea", ["coffee 2"]),
        ("make it 3 teas", ["coffee 2", "tea 3"]),
        ("change tea to 4", ["coffee 2", "tea 4"]),
        ("also 2 samosas", ["coffee 2", "tea 1", "samosa 2"]),
        ("remove the samosa", ["coffee 2", "tea 1"]),
    ],
)
def test_several_lines_are_changed_in_words(asha: Customer, change: str, after: list[str]) -> None:
    says(asha, "2 coffees and 1 tea")
    says(asha, change)
    assert lines(asha) == after


def test_the_same_product_twice_is_one_line(asha: Customer) -> None:
    says(asha, "2 coffees, 1 tea and 1 coffee")
    assert lines(asha) == ["coffee 3", "tea 1"]


def test_a_number_alone_asks_which_of_several_lines(asha: Customer) -> None:
    says(asha, "2 coffees and 1 tea")
    asha.types("make it 3")
    asha.sees("3 of which one?")
    titles = [option["title"] for option in asha.last["options"]]
    assert {"✏️ Coffee × 2", "✏️ Tea × 1"} <= set(titles)
    asha.taps("✏️ Tea × 1")
    asha.sees("Tea: how many")
    asha.types("3")
    asha.sees("Coffee × 2 = ₹240", "Tea × 3 = ₹240", "₹480", options=SUMMARY)


def test_the_last_line_is_taken_away(asha: Customer) -> None:
    says(asha, "2 coffees")
    asha.types("remove the coffee")
    asha.sees("Your order is empty", "What would you like to order?")
    asha.is_at("new_order", "category_selection", {})


def test_adding_something_by_taps(asha: Customer) -> None:
    says(asha, "2 coffees")
    asha.taps("🔄 Edit")
    asha.sees("What shall I change?")
    asha.taps("➕ Add something")
    asha.sees("What would you like to order?")
    asha.taps("Samosa")
    asha.sees("Samosa: how many")
    asha.taps("2")
    asha.sees("Coffee × 2 = ₹240", "Samosa × 2 = ₹80", "₹320", options=SUMMARY)


@pytest.mark.parametrize(
    "words", ["0 coffees", "-2 coffees", "half a coffee", "I want 1000000 coffees", "101 coffees"]
)
def test_a_quantity_beyond_the_limits_is_asked_again(asha: Customer, words: str) -> None:
    asha.types(words)
    asha.sees("How many")
    asha.is_at("new_order", "quantity_input")
    asha.types("100")
    asha.sees("Coffee × 100 = ₹12,000", options=SUMMARY)


@pytest.mark.parametrize("typed", ["0", "2.5", "half", "101"])
def test_a_number_that_cannot_be_ordered_is_asked_again(asha: Customer, typed: str) -> None:
    asha.types("coffee")
    asha.sees("Great choice!")
    asha.types(typed)
    asha.sees("1 to 100", "How many")
    asha.types("2")
    asha.sees("Coffee × 2 = ₹240", options=SUMMARY)


def test_a_sum_beyond_the_limit_leaves_the_number_as_it_was(asha: Customer) -> None:
    says(asha, "I want 60 coffees")
    asha.types("add 60 coffees")
    asha.sees("1 to 100", "Coffee × 60", options=SUMMARY)
    assert asha.orders() == []


def test_what_is_sold_out_is_said_and_the_rest_is_taken(asha: Customer, shelf: Shelf) -> None:
    sku = shelf.puts(50)
    shelf.changes(sku, is_available=False)
    wants(asha, **{sku: 1}, coffee=1)
    asha.sees("not available", "Lassi", "Coffee × 1 = ₹120", options=SUMMARY)


def test_totals_are_exact(asha: Customer, shelf: Shelf) -> None:
    wants(asha, **{shelf.puts(0.1): 3, shelf.puts(49.95): 3, shelf.puts(0.07): 100})
    asha.sees("₹157.15", options=SUMMARY)
    asha.taps("✅ Confirm Order")
    asha.sees("✅ Order Confirmed!")
    assert [str(order["total"]) for order in asha.orders()] == ["157.15"]


def test_a_very_long_cart_stays_within_metas_limits(asha: Customer, shelf: Shelf) -> None:
    names = [f"Special {number} of the house with much ghee and nuts" for number in range(40)]
    wants(asha, **{shelf.puts(10 + number, name): 100 for number, name in enumerate(names)})
    message = asha.messages("incoming")
    said = []
    while not asha.last.get("options"):
        asha.last = asha.next_bubble()
        said.append(asha.last["text"])
    assert all(any(name in text for text in said) for name in names)
    assert [option["title"] for option in asha.last["options"]] == SUMMARY
    asha.types("no")
    while "What shall I change" not in asha.next_bubble()["text"]:
        pass
    asha.types("confirm")
    said = [asha.next_bubble()["text"]]
    [order] = asha.orders()
    assert len(order["items"]) == 40
    assert len(message) <= 1
    refused = asha.stack.control("GET", f"/requests?customer={asha.user_id}&refused=true")
    assert refused["requests"] == []


def test_every_line_of_a_long_cart_can_be_changed(asha: Customer, shelf: Shelf) -> None:
    names = [f"Sweet {number}" for number in range(12)]
    wants(asha, **{shelf.puts(10, name): 2 for name in names})
    asha.sees("Sweet 11 × 2", options=SUMMARY)
    asha.taps("🔄 Edit")
    asha.sees("What shall I change?")
    first = [option["title"] for option in asha.last["options"]]
    assert (len(first), first[-1]) == (10, "More")
    asha.taps("More")
    asha.sees("What shall I change?")
    titles = [*first[:-1], *(option["title"] for option in asha.last["options"])]
    assert titles[3:] == [f"✏️ {name} × 2" for name in names]
    asha.taps("✏️ Sweet 11 × 2")
    asha.sees("Sweet 11: how many")
    asha.types("3")
    asha.sees("Sweet 11 × 3", options=SUMMARY)


def test_order_again_what_was_ordered_last(asha: Customer) -> None:
    says(asha, "2 coffees and 1 tea")
    asha.taps("✅ Confirm Order")
    asha.sees("✅ Order Confirmed!")
    says(asha, "repeat my last order")
    assert lines(asha) == ["coffee 2", "tea 1"]
    asha.taps("✅ Confirm Order")
    asha.sees("✅ Order Confirmed!")
    assert [order["total"] for order in asha.orders()] == [320, 320]


def test_order_again_at_todays_prices_without_what_is_sold_out(
    asha: Customer, shelf: Shelf
) -> None:
    dearer, gone = shelf.puts(50), shelf.puts(20, "Jalebi")
    wants(asha, **{dearer: 2, gone: 1})
    asha.sees("₹120")
    asha.taps("✅ Confirm Order")
    asha.sees("✅ Order Confirmed!")
    shelf.changes(dearer, price=60)
    shelf.changes(gone, is_available=False)
    asha.types("order again")
    asha.sees("not available", "Jalebi", "Lassi × 2 = ₹120", options=SUMMARY)


def test_order_again_without_an_order_shows_the_catalogue(asha: Customer) -> None:
    asha.types("order the same again")
    asha.sees("find an earlier order of yours", "What would you like to order?")
