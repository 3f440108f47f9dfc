"""A rush at the counter: orders arrive while two people tap at human speed, at a desk and a phone.

A hand aims first and taps a moment later, wherever the screen has come to by then. Every tap must
move the order that was aimed at, no other order may move, and nobody's place on the board is lost.
"""

import itertools
import random
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.integration.console.test_board_still import click_quickly
from tests.journeys.counter import log_in
from tests.journeys.play import Customer
from tests.journeys.stack import Stack, eventually

CUSTOMERS, TAPS, PATIENCE = 30, 10, 400
# Seconds that eyes need for what has moved, from aiming at a button to tapping it, between taps,
# and between two arrivals.
LOOK, AIM, PAUSE, ARRIVAL = 0.5, (0.1, 0.25), (0.1, 0.6), (0.3, 1.2)
# The board knows for so long what stood where a hand aimed (holding.js). A machine so busy that a
# tap comes later may hit what has moved there, as a person would who aims for so long.
REMEMBERED = 0.45
SHAPES = {
    "wide": {"viewport": {"width": 1280, "height": 800}},
    "phone": {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True},
}
# Which column each of the two works on, and what its orders become there.
WORK = {"wide": ("pending", "confirmed"), "phone": ("confirmed", "preparing")}
PLACE = (
    "INSERT INTO orders (customer_phone, items, total, status, created_at, accepted_at)"
    """ SELECT '9197' || lpad(n::text, 8, '0'), '[{"product": "coffee", "product_name": "Coffee",
        "price": 120, "quantity": 2}, {"product": "samosa", "product_name": "Samosa", "price": 20,
        "quantity": 3}]', 300, %s, now() - (%s - n) * interval '20 seconds', now()"""
    " FROM generate_series(1, %s) AS n"
)
# The middle of a button of an order that is seen whole, of the column that is worked on.
AIMED = """(status) => {
  const list = document.querySelector(`[data-list=${status}]`), room = list.getBoundingClientRect();
  const orders = [...list.querySelectorAll("[data-order]:not([data-busy])")];
  const places = orders.filter((order) => order.querySelector(".onward")).map((order) => {
    const box = order.querySelector(".onward").getBoundingClientRect();
    return [order.dataset.order, box.x + box.width / 2, box.y + box.height / 2, box];
  });
  const bottom = Math.min(room.bottom, innerHeight);
  const isSeen = ([, , , box]) =>
    box.top > room.top && box.bottom < bottom && box.left >= 0 && box.right <= innerWidth;
  return places.filter(isSeen).map(([order, x, y]) => [order, x, y]);
}"""
ASIDE = "document.querySelector('.columns').scrollLeft"


class Hand:
    """Somebody who works at the board, as well as people can."""

    def __init__(self, browser: Browser, stack: Stack, shape: str) -> None:
        self.shape = shape
        self.aims: list[str] = []
        self.late = 0
        self.problems: list[str] = []
        self.column, self.after = WORK[shape]
        context = browser.new_context(base_url=stack.console, **SHAPES[shape])
        self.page = context.new_page()
        self.page.on("pageerror", lambda error: self.problems.append(str(error)))
        log_in(self.page)
        self.page.evaluate(
            "(id) => document.getElementById(id).scrollIntoView({inline: 'start'})",
            f"column-{self.column}",
        )
        self.page.wait_for_timeout(500)
        self.began = self.page.evaluate(ASIDE)

    def taps_one(self, chance: random.Random) -> None:
        """Aims at an order, and taps a moment later where it was."""
        before = self.page.evaluate(AIMED, self.column)
        self.page.wait_for_timeout(1000 * LOOK)
        # Nobody aims at what is just moving.
        aimed_at = time.monotonic()
        seen = [one for one in self.page.evaluate(AIMED, self.column) if one in before]
        if not seen:
            return
        order, x, y = chance.choice(seen)
        self.page.wait_for_timeout(1000 * chance.uniform(*AIM))
        if time.monotonic() - aimed_at > REMEMBERED:
            return
        if self.shape == "phone":
            self.page.touchscreen.tap(x, y)
        else:
            self.page.mouse.click(x, y)
        self.aims.append(order)
        self.late += time.monotonic() - aimed_at > REMEMBERED


@pytest.fixture
def full_board(stack: Stack) -> Iterator[Stack]:
    """Two hundred orders to do; afterwards the board is as empty as before.

    A column shows a hundred: what other journeys have left open is done first.
    """
    began = stack.rows("SELECT clock_timestamp() AS now")[0]["now"]
    stack.rows(
        "UPDATE orders SET status = 'delivered' WHERE status NOT IN ('delivered', 'cancelled')"
    )
    for status, many in (("pending", 60), ("confirmed", 60), ("preparing", 50), ("ready", 30)):
        stack.rows(PLACE, status, many, many)
    yield stack
    stack.rows("DELETE FROM order_notices WHERE created_at >= %s", began)
    stack.rows("DELETE FROM orders WHERE customer_phone LIKE '9197%%'")


@pytest.fixture
def arrivals(full_board: Stack, customer: Any) -> Iterator[list[str]]:
    """Orders that arrive meanwhile: most by themselves, some by people who write."""
    stop, arrived = threading.Event(), []
    chance = random.Random(7)

    def write(one: Customer) -> None:
        one.types("one tea")
        one.sees("Tea × 1")
        one.taps("Confirm Order")
        one.sees("Order Confirmed")
        arrived.append(one.orders()[0]["order_id"])

    def arrive() -> None:
        for number in itertools.count(1):
            if stop.wait(chance.uniform(*ARRIVAL)) or number > CUSTOMERS:
                return
            [made] = full_board.rows(PLACE + " RETURNING order_id", "pending", 1, 1)
            arrived.append(made["order_id"])

    threads = [threading.Thread(daemon=True, target=arrive)]
    threads += [threading.Thread(daemon=True, target=write, args=(customer(),)) for _ in range(3)]
    for thread in threads:
        thread.start()
    yield arrived
    stop.set()
    for thread in threads:
        thread.join()


def moves(stack: Stack, since: Any) -> list[tuple[str, str]]:
    """What staff moved, from the log: the order and what it became."""
    found = stack.rows(
        "SELECT subject, details ->> 'after' AS after FROM audit_log"
        " WHERE action = 'moved' AND at >= %s ORDER BY id",
        since,
    )
    return [(row["subject"], row["after"]) for row in found]


def test_a_rush(browser: Browser, full_board: Stack, arrivals: list[str]) -> None:
    chance = random.Random(19)
    hands = [Hand(browser, full_board, shape) for shape in SHAPES]
    [began] = full_board.rows("SELECT clock_timestamp() AS now")
    until = time.monotonic() + PATIENCE
    while min(len(hand.aims) - hand.late for hand in hands) < TAPS and time.monotonic() < until:
        for hand in hands:
            hand.taps_one(chance)
        hands[0].page.wait_for_timeout(1000 * chance.uniform(*PAUSE))
    aimed = [(order, hand.after) for hand in hands for order in hand.aims]
    late = sum(hand.late for hand in hands)
    eventually(lambda: len(moves(full_board, began["now"])) >= len(aimed) - late)
    time.sleep(2)
    moved = set(moves(full_board, began["now"]))
    lost, instead = set(aimed) - moved, moved - set(aimed)
    assert max(len(lost), len(instead)) <= late, (lost, instead)
    assert len(aimed) - late >= TAPS * len(hands)
    for hand in hands:
        assert hand.problems == []
        assert hand.page.evaluate(ASIDE) == hand.began, f"{hand.shape}: the board has scrolled"
    eventually(lambda: len(arrivals) > CUSTOMERS // 2)
    for hand in hands:
        for order in [*arrivals]:
            expect(hand.page.locator(f"[data-order='{order}']")).to_have_count(1)
        hand.page.context.close()


def test_three_clicks_on_one_spot_move_one_order(browser: Browser, full_board: Stack) -> None:
    [began] = full_board.rows("SELECT clock_timestamp() AS now")
    for shape in SHAPES:
        hand = Hand(browser, full_board, shape)
        order, x, y = hand.page.evaluate(AIMED, hand.column)[0]
        click_quickly(hand.page, x, y, 3)
        eventually(lambda order=order: order in dict(moves(full_board, began["now"])))
        hand.page.context.close()
    time.sleep(1)
    assert len(moves(full_board, began["now"])) == len(SHAPES)
