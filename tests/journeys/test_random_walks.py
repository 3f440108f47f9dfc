"""Whatever customers do: every message answered once, nothing ordered by accident, no secrets."""

import os
import re
import secrets
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from shop.customers.conversations import SHOWN_TERMS
from tests.journeys.play import Customer
from tests.journeys.shelf import Shelf
from tests.journeys.stack import Stack, eventually
from tests.journeys.walks import Walker, words_of

CUSTOMERS = 5
# WALK_SEED=... walks as a failed run did; answers that come in another order may lead elsewhere.
SEED = os.environ.get("WALK_SEED") or secrets.token_hex(4)
# Said as an example, or typed by customers who have no such order.
NOBODYS = {"ORD-12345", "ORD-99999999", "ORD-1"}


@pytest.fixture(scope="module")
def walkers(stack: Stack) -> Iterator[list[Walker]]:
    """Customers at the end of their walks, when all is quiet again."""
    print(f"WALK_SEED={SEED}")
    with Shelf(stack) as shelf:
        yield walked(stack, shelf)


def walked(stack: Stack, shelf: Shelf) -> list[Walker]:
    special = shelf.puts(50)
    everybody = [
        Walker(Customer(stack, f"Walker {number}"), shelf, special, f"{SEED}-{number}")
        for number in range(CUSTOMERS)
    ]
    stack.control("PATCH", "/webhooks", duplicates=1)
    try:
        with ThreadPoolExecutor(CUSTOMERS) as pool:
            list(pool.map(lambda walker: walker.walk(everybody), everybody))
    finally:
        stack.control("PATCH", "/webhooks", duplicates=0)
    for walker in everybody:
        eventually(lambda walker=walker: not walker.unfinished(), 300)
        eventually(lambda walker=walker: all(map(was_sent, walker.customer.messages("outgoing"))))
    return everybody


def was_sent(row: dict[str, Any]) -> bool:
    return row["status"] in ("sent", "delivered", "read")


def test_every_message_that_is_due_an_answer_got_one_bubble(walkers: list[Walker]) -> None:
    for walker in walkers:
        is_left = False  # to a person, of which the customer was told
        for heard, said in walker.said_to():
            due = {0} if heard["message_type"] == "reaction" else {1, 0 if is_left else 1}
            words = (heard["content"], [words_of(row) for row in said])
            assert len(said) in due, words
            is_left = any(row["said_in"]["step"] == "with_a_person" for row in said) or (
                is_left and not said
            )


def test_nothing_was_refused_and_everything_arrived(stack: Stack, walkers: list[Walker]) -> None:
    for walker in walkers:
        path = f"/requests?refused=true&customer={walker.customer.user_id}"
        assert stack.control("GET", path)["requests"] == []
        assert len(walker.bubbles()) == len(walker.customer.messages("outgoing"))


def test_everybody_is_at_one_place_at_most(walkers: list[Walker]) -> None:
    assert all(len(walker.customer.state()) <= 1 for walker in walkers)


def test_rasa_never_took_a_turn_back(stack: Stack, walkers: list[Walker]) -> None:
    for walker in walkers:
        taken_back = stack.rows(
            "SELECT data FROM events WHERE sender_id = %s AND type_name = 'rewind'",
            str(walker.customer.profile()["id"]),
        )
        assert taken_back == []


def test_orders_are_the_carts_that_were_confirmed(walkers: list[Walker]) -> None:
    assert any(walker.customer.orders() for walker in walkers), "the walks led nowhere"
    for walker in walkers:
        confirmed = []
        before: dict[str, Any] = {}
        for heard, said in walker.said_to():
            order = ordered_by(walker.customer, heard)
            if order:
                if not was_changed(walker.customer, order):
                    assert order["items"] == told(walker.customer, heard, before), heard["content"]
                assert order["order_id"] in words_of(said[0])
                confirmed.append(order["order_id"])
            before = said[0] if said else before
        assert confirmed == [order["order_id"] for order in walker.customer.orders()]


def ordered_by(customer: Customer, heard: dict[str, Any]) -> dict[str, Any] | None:
    orders = (o for o in customer.orders() if o["cause_message_id"] == heard["message_id"])
    return next(orders, None)


def was_changed(customer: Customer, order: dict[str, Any]) -> bool:
    """Whether the customer changed the order after it was placed ("make it 3")."""
    query = "SELECT 1 FROM audit_log WHERE subject = %s AND action = 'changed'"
    return bool(customer.stack.rows(query, order["order_id"]))


def told(customer: Customer, heard: dict[str, Any], before: dict[str, Any]) -> list[dict[str, Any]]:
    """The lines that stood in what was tapped, or in the bubble before what was typed."""
    said = {row["message_id"]: row for row in customer.messages("outgoing")}
    context = said.get(heard["context_id"], before)["said_in"]["context"]
    items = context.get("items") or [context]
    besides = {"total", *SHOWN_TERMS}  # of how and where, where one line stands without `items`
    return [{key: item[key] for key in item if key not in besides} for item in items]


def test_nobody_reads_of_anothers_order(walkers: list[Walker]) -> None:
    for walker in walkers:
        own = {order["order_id"] for order in walker.customer.orders()}
        for heard, said in walker.said_to():
            for row in said:
                foreign = set(re.findall(r"ORD-\d+", words_of(row))) - own - NOBODYS
                assert not foreign or is_told_that_there_is_none(heard, foreign, words_of(row))


def is_told_that_there_is_none(heard: dict[str, Any], foreign: set[str], words: str) -> bool:
    typed = all(number.removeprefix("ORD-") in heard["content"] for number in foreign)
    return typed and any(none in words for none in ("I cannot find", "नहीं मिला"))
