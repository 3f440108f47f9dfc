"""Where things go wrong in a turn, in sending and in the webhook, no log quotes a customer.

What goes right is looked at in the end of each run of journeys (conftest.py).
"""

from collections.abc import Callable

import psycopg
import pytest
import requests

from tests.journeys.play import Customer
from tests.journeys.private_logs import assert_private, said_words
from tests.journeys.stack import eventually, running

PATIENCE = 60


def test_errors_are_logged_without_the_words_that_led_to_them(
    new_database: Callable, prepared_database: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    logs = tmp_path_factory.mktemp("private")
    with new_database(prepared_database) as url, running(url, logs) as stack:
        buyer, talker = Customer(stack, "Customer 911"), Customer(stack, "Customer 912")
        buyer.types("2 coffees, and my card is 4929117733")
        buyer.sees("Coffee × 2 = ₹240")
        refuse_orders(url)
        buyer.taps("✅ Confirm Order")
        eventually(lambda: "turn of message" in (logs / "rasa.log").read_text(), PATIENCE)
        stack.control("POST", "/faults", code=131000, to=talker.phone)
        talker.types("fluctuation of my account 4929117744")
        talker.next_bubble()
        assert requests.post(stack.webhook, data=talker.phone, timeout=60).status_code == 401
        words = said_words(stack)
    assert {buyer.phone, talker.phone, "fluctuation of my account 4929117744"} <= words
    assert_private(logs, words | {"4929117733", "4929117744", "fluctuation"})


def refuse_orders(url: str) -> None:
    """The database refuses every order, and quotes it under DETAIL."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("ALTER TABLE orders ADD CONSTRAINT broken CHECK (false) NOT VALID")
