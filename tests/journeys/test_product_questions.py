"""A customer writes about a product from its card or its page in WhatsApp's own catalogue."""

import pytest

from tests.journeys import unclear
from tests.journeys.play import Customer

SUMMARY = ["✅ Confirm Order", "❌ Cancel", "🔄 Edit"]


def asks(customer: Customer, product: object, words: str, **more: object) -> str:
    """Words with the product that they are about, as Meta sends them."""
    context = {
        "from": "911140000100",
        "id": "wamid.card==",
        "referred_product": {"catalog_id": "1234567890", "product_retailer_id": product},
    }
    text = {"type": "text", "text": {"body": words}}
    return customer.does(message={**text, "context": context, **more})


def test_this_is_the_product_of_the_card(asha: Customer) -> None:
    asks(asha, "coffee", "I want this")
    asha.sees("Great choice! ☕ Coffee - ₹120")
    asha.is_at("new_order", "quantity_input")
    asha.types("2")
    asha.sees("Coffee × 2 = ₹240", options=SUMMARY)
    asks(asha, "prod_samosa", "3 of these too")
    asha.sees("Coffee × 2 = ₹240", "Samosa × 3 = ₹120", options=SUMMARY)
    asha.taps("✅ Confirm Order")
    asha.sees("✅ Order Confirmed!")
    assert [order["total"] for order in asha.orders()] == [360]


@pytest.mark.parametrize("words", ["2 of these", "2 chahiye", "दो चाहिए"])
def test_how_many_of_it(asha: Customer, words: str) -> None:
    asks(asha, "coffee", words)
    asha.sees("× 2 = ₹240")
    assert asha.state()[0]["context"]["product"] == "coffee"


@pytest.mark.parametrize("words", ["buy", "I would like to order this", "yes", "यह चाहिए"])
def test_whoever_wants_it_is_asked_how_many(asha: Customer, words: str) -> None:
    asks(asha, "tea", words)
    asha.sees("Tea - ₹80")
    asha.is_at("new_order", "quantity_input")


def test_what_it_costs(asha: Customer) -> None:
    asks(asha, "pakora", "how much is it?")
    asha.sees("Pakora", "₹60")
    assert "Samosa" not in asha.last["text"]


def test_what_was_meant_of_it_is_asked_and_done(asha: Customer) -> None:
    unclear_of_it = unclear.asks(
        lambda one: (
            one["text"].startswith("Coffee ")
            and one["text"].endswith((" thing", " change", " phone"))
            and "new_order" in unclear.guesses(one)
        )
    )
    asks(asha, "coffee", unclear_of_it.removeprefix("Coffee "))
    asha.sees("I'm not sure what you mean")
    asha.taps("Place an order")
    asha.sees("Great choice! ☕ Coffee - ₹120")


def test_a_product_that_is_named_counts_more_than_the_card(asha: Customer) -> None:
    asks(asha, "coffee", "2 teas please")
    asha.sees("Tea × 2 = ₹160", options=SUMMARY)


def test_what_has_nothing_to_do_with_it_is_answered_as_ever(asha: Customer) -> None:
    asks(asha, "coffee", "hi")
    asha.sees("Welcome!")
    asks(asha, "coffee", "track my order")
    asha.sees("order ID")
    asks(asha, "coffee", "thank you")
    asha.sees("welcome")


@pytest.mark.parametrize("product", ["pizza", "", None, 7, ["coffee"]], ids=str)
def test_a_product_that_is_not_ours_is_left_out(asha: Customer, product: object) -> None:
    asks(asha, product, "2 coffees")
    asha.sees("Coffee × 2 = ₹240", options=SUMMARY)
    asks(asha, product, "3")
    asha.sees("Coffee × 3 = ₹360", options=SUMMARY)
