"""The owner's words: for a response, and as the answer to a question of the shop's own."""

from collections.abc import Iterator

import pytest

from tests.integration.console.people import Worker
from tests.journeys.play import Customer, wait_until_understood
from tests.journeys.stack import CONSOLE_PASSWORD, Stack

SUMMARY = "📋 Here it is:\n{lines}\n\nAll right?"
PARKING = "🅿️ Behind the shop, free for an hour."


@pytest.fixture
def own(stack: Stack) -> Iterator[Stack]:
    """A shop with words of its own."""
    add = "INSERT INTO response_texts (response, language, text) VALUES (%s, 'en', %s)"
    stack.rows(add, "utter_order_summary", SUMMARY)
    stack.rows(
        "INSERT INTO faq_answers (topic, answer, translations, questions)"
        " VALUES ('parking', %s, '{\"hi\": \"दुकान के पीछे।\"}', %s)",
        PARKING,
        ["Is there parking?", "where can i park my car"],
    )
    yield stack
    stack.rows("DELETE FROM response_texts")
    stack.rows("DELETE FROM faq_answers WHERE topic = 'parking'")


def answers(customer: Customer, words: str) -> str:
    customer.types(words)
    return str(customer.next_bubble()["text"])


def test_own_words_are_said_within_seconds_and_gone_again(own: Stack) -> None:
    wait_until_understood(own, "2 coffees", "📋 Here it is:\nCoffee × 2 = ₹240")
    own.rows("DELETE FROM response_texts")
    wait_until_understood(own, "3 coffees", "📋 Order Summary:")


def test_a_question_of_the_shops_own_is_understood_without_training(
    own: Stack, asha: Customer
) -> None:
    wait_until_understood(own, "is parking available", PARKING)
    assert PARKING in answers(asha, "is parking available")
    assert PARKING in answers(asha, "do u have parking for a car?")
    # It is a question beside an open cart, which stays.
    wait_until_understood(own, "2 coffees", "All right?")
    asha.types("2 coffees")
    asha.sees("All right?")
    asha.types("where can i park")
    asha.sees(PARKING, "All right?")
    asha.is_at("new_order", "confirmation")


def test_what_is_not_asked_stays_what_it_is(own: Stack, asha: Customer) -> None:
    asha.types("when are you open?")
    assert PARKING not in asha.sees("🕘")["text"]
    asha.types("blorg wvv qwx")
    assert PARKING not in asha.next_bubble()["text"]


def test_what_was_not_understood_is_taught_in_the_console(stack: Stack, asha: Customer) -> None:
    """A new word orders a product seconds after the owner teaches it, until that is undone."""
    owner = Worker(stack.console, "owner")
    assert owner.log_in(CONSOLE_PASSWORD).status_code == 303
    asha.types("blorgwein")
    asha.sees("didn't get that")
    query = "SELECT cause_id FROM unclear_messages WHERE text = 'blorgwein' AND taught IS NULL"
    [row] = stack.rows(query)
    lesson = f"/answers/unclear/{row['cause_id']}"
    taught = owner.sends(f"{lesson}/product", word="blorgwein", product="coffee")
    assert taught.status_code == 303
    wait_until_understood(stack, "2 blorgwein")
    assert "Coffee × 2" in answers(asha, "2 blorgwein")
    asha.types("cancel")
    asha.next_bubble()
    assert owner.sends(f"{lesson}/back").status_code == 303
    wait_until_understood(stack, "blorgwein", "didn't get that")
    asha.types("blorgwein")
    asha.sees("didn't get that")
    stack.rows("DELETE FROM unclear_messages")
