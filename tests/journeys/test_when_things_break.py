"""What breaks is mended without a customer noticing more than a pause."""

import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from tests.crashes.verdict import UNKNOWN_SECONDS, was_unavoidable
from tests.integration.conftest import renamed
from tests.journeys.play import Customer
from tests.journeys.stack import Stack, eventually


@contextmanager
def away(stack: Stack) -> Iterator[None]:
    """The database takes no connections and drops those that it has."""
    name = str(conninfo_to_dict(stack.database_url)["dbname"])
    allow = sql.SQL("ALTER DATABASE {} ALLOW_CONNECTIONS {}")
    with psycopg.connect(renamed(stack.database_url, "postgres"), autocommit=True) as connection:
        connection.execute(allow.format(sql.Identifier(name), sql.SQL("false")))
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name]
        )
        try:
            yield
        finally:
            connection.execute(allow.format(sql.Identifier(name), sql.SQL("true")))


def kill(stack: Stack, name: str) -> None:
    """Ends one of our parts without a word; the supervisor starts it again."""
    [pid] = stack.processes(name)
    os.kill(pid, signal.SIGKILL)
    eventually(lambda: pid not in stack.processes(name))


def waits_for_confirmation(customer: Customer) -> None:
    customer.types("2 coffees")
    customer.sees("Coffee × 2 = ₹240")


def gets_one_order_and_one_bubble(customer: Customer) -> None:
    customer.sees("✅ Order Confirmed!")
    customer.sees_nothing_more(2)
    assert len(customer.orders()) == 1


@pytest.mark.parametrize("part", ["rasa run --interface", "whatsapp.send.sender"])
def test_confirm_while_a_part_is_dead(stack: Stack, asha: Customer, part: str) -> None:
    waits_for_confirmation(asha)
    kill(stack, part)
    asha.taps("✅ Confirm Order")
    gets_one_order_and_one_bubble(asha)


def test_confirm_while_the_database_is_away(stack: Stack, asha: Customer) -> None:
    waits_for_confirmation(asha)
    with away(stack):
        asha.taps("✅ Confirm Order")
        time.sleep(3)
    gets_one_order_and_one_bubble(asha)


def test_the_webhook_is_killed_and_whatsapp_tries_again(stack: Stack, asha: Customer) -> None:
    waits_for_confirmation(asha)
    kill(stack, "whatsapp.receive.receiver")
    asha.taps("✅ Confirm Order")
    gets_one_order_and_one_bubble(asha)


def test_conversations_go_on_after_everything_was_killed(stack: Stack, asha: Customer) -> None:
    asha.types("coffee")
    asha.sees("Great choice!")
    for part in ("whatsapp.receive.receiver", "rasa run --interface", "whatsapp.send.sender"):
        kill(stack, part)
    asha.types("2")
    asha.sees("Coffee × 2 = ₹240")
    asha.taps("✅ Confirm Order")
    gets_one_order_and_one_bubble(asha)


def test_what_whatsapp_refuses_for_its_form_is_said_in_plain_words(
    stack: Stack, asha: Customer
) -> None:
    stack.control("POST", "/faults", code=131009, to=asha.phone)
    asha.types("hi")
    bubble = asha.sees("Welcome! How can we help you today?\n\n• Track Order\n• Place Order\n")
    assert not bubble.get("options")
    asha.types("Place Order")
    asha.sees("What would you like to order?")


def test_the_one_unavoidable_case(stack: Stack, asha: Customer) -> None:
    """WhatsApp took it, the answer was lost and so were its receipts: it is said once more."""
    stack.control("POST", "/faults", http=500, times=3, to=asha.phone)
    stack.control("POST", "/faults", drop=True, accept=True, to=asha.phone)
    asha.types("menu")
    try:
        # Refused at first, the reply leaves again some seconds later: no receipt comes by then.
        eventually(lambda: asha.messages("incoming"))
        stack.control("PATCH", "/webhooks", held=True)
        first = asha.sees("Welcome!")
        asha.sees_nothing_more(UNKNOWN_SECONDS - 5)
        second = asha.sees("Welcome!")
    finally:
        stack.control("POST", "/webhooks/release")
    assert was_unavoidable(first, [second])
    [reply] = asha.messages("outgoing")
    assert reply["message_id"] in (first["id"], second["id"])
    asha.message_becomes(reply["message_id"], "read")
    asha.sees_nothing_more()
