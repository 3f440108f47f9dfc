"""Which waiting bodies go together."""

import asyncio
from datetime import UTC, datetime

import pytest

from trays.bodies import Body
from trays.messages import Incoming
from trays.waiting import MOST_BODIES, MOST_CHARACTERS, Waiting, choose_messages


@pytest.fixture
def wait():
    """`wait("91", ("92", "IN.1"), ...)`: a body of messages from these, waiting since noon."""
    loop = asyncio.new_event_loop()
    numbers = iter(range(10_000))

    def make(*senders, content="hi", **state):
        pairs = [(each, None) if isinstance(each, str) else each for each in senders]
        body = Body([incoming(f"{next(numbers)}", *pair, content) for pair in pairs])
        waiting = Waiting(body, loop.create_future(), 0.0)
        vars(waiting).update(state)
        return waiting

    yield make
    loop.close()


def incoming(message_id, phone, user_id, content):
    rest = [None, None, "text", content, None, None, None, datetime.now(UTC), None]
    return Incoming(message_id, phone, user_id, *rest)


def test_all_that_wait_go_together_in_their_order(wait):
    queue = [wait("91"), wait("92"), wait("91")]
    assert choose_messages(queue, 1.0) == queue


def test_whose_earlier_body_is_in_hand_waits(wait):
    queue = [wait("91", "92", in_hand=True), wait("91"), wait("93", "92"), wait("93"), wait("94")]
    # The second blocks nobody else; the third blocks "93", whose later body may not overtake it.
    assert choose_messages(queue, 1.0) == [queue[4]]


def test_who_is_put_off_blocks_only_their_own(wait):
    first = wait("91")
    first.put_off(1.0)
    queue = [first, wait("91"), wait("92")]
    assert choose_messages(queue, 1.0) == [queue[2]]
    assert choose_messages(queue, 2.0) == queue


def test_who_must_go_alone_goes_alone(wait):
    queue = [wait("91"), wait("92", alone=True), wait("92"), wait("93", alone=True)]
    assert choose_messages(queue, 1.0) == [queue[0]]
    assert choose_messages(queue, 1.0, alone=True) == [queue[1]]


def test_a_customer_told_of_in_two_ways_is_not_in_one_group(wait):
    queue = [wait("91"), wait(("91", "IN.1")), wait("91"), wait((None, "IN.1")), wait("92")]
    assert choose_messages(queue, 1.0) == [queue[0], queue[4]]


def test_a_group_is_bounded(wait):
    queue = [wait(f"9{n}") for n in range(MOST_BODIES + 10)]
    assert choose_messages(queue, 1.0) == queue[:MOST_BODIES]
    large = [wait("91", content="x" * MOST_CHARACTERS), wait("92"), wait("93")]
    assert choose_messages(large, 1.0) == large[:1]


def test_what_is_stored_of_a_body_blocks_nobody_any_more(wait):
    first = wait("91", "92")
    [left, _] = first.body.rows
    first.body.keep({left})
    first.put_off(1.0)
    other = wait("92")
    assert choose_messages([first, other], 1.0) == [other]
