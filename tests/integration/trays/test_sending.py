"""The out tray: every answer that WhatsApp can give, and none at all."""

import asyncio
import itertools
import time
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.integration.trays.world import message, receipt, text
from trays import lanes, retention
from trays.retry import Pace, Retry
from trays.sender import Sender
from trays.turn_end import queue_reply

pytestmark = pytest.mark.anyio

ONE = (
    "SELECT status, message_id, failure_reason FROM whatsapp_messages WHERE direction = 'outgoing'"
)


@pytest.fixture
def queue(receive, sync, look):
    """`await queue("91", "a", "b")`: messages to a customer in the out tray."""

    async def put(phone, *bodies):
        await receive(message(phone=phone))
        (customer,) = look("SELECT id FROM user_profiles WHERE whatsapp_phone = %s", phone)
        for body in bodies:
            queue_reply(sync, customer["id"], text(body))
        sync.commit()

    return put


@pytest.fixture
async def sender(pool):
    async with Sender(pool, "1", poll=0.1, unknown_for=0.4) as worker:
        yield worker


@pytest.fixture
async def patient(pool):
    """A sender that does not give up the wait for a receipt while a test runs."""
    async with Sender(pool, "1", poll=0.1, unknown_for=600) as worker:
        yield worker


async def taken(sender):
    return await asyncio.wait_for(sender.next(), 60)


async def test_a_customers_messages_go_one_after_the_other(queue, sender):
    await queue("91", "a", "b")
    await queue("92", "c")
    first, other = await taken(sender), await taken(sender)
    assert (first.content, other.content) == ("a", "c")
    assert await sender.claim() is None
    await sender.sent(first, "w.a")
    assert (await taken(sender)).content == "b"


async def test_a_final_error_is_kept_for_staff_and_holds_nobody_up(queue, sender, look):
    await queue("91", "a", "b")
    await sender.failed(await taken(sender), "131026 Message undeliverable")
    assert (await taken(sender)).content == "b"
    assert look(ONE + " ORDER BY id LIMIT 1") == [
        {
            "status": "failed",
            "message_id": None,
            "failure_reason": "131026 Message undeliverable",
        }
    ]


async def test_a_temporary_error_comes_back_first(queue, sender, look):
    await queue("91", "a", "b")
    await sender.give_back(await taken(sender), "2 service down", outage=True, delay=0.05)
    claim = await taken(sender)
    assert (claim.content, claim.attempts, claim.tries) == ("a", 0, 1)
    await sender.sent(claim, "w.a")
    assert look(ONE + " ORDER BY id LIMIT 1") == [
        {"status": "sent", "message_id": "w.a", "failure_reason": None}
    ]


async def test_a_crowded_customer_waits_alone(queue, sender, look, monkeypatch):
    monkeypatch.setattr("trays.sender.CROWDED", Retry(first=600, longest=600))
    await queue("91", "a")
    await queue("92", "b")
    await sender.crowded(await taken(sender), "131056")
    assert (await taken(sender)).content == "b"
    assert await sender.claim() is None
    look("UPDATE lanes SET ready_at = now() WHERE ready_at > now()")
    assert (await taken(sender)).content == "a"


async def test_a_throttled_number_waits_for_twice_as_long_each_time(queue, sender, pool, look):
    await queue("91", "a")
    await queue("92", "b")
    for least in (1, 2):
        claim = await taken(sender)
        [before] = look("SELECT clock_timestamp() AS at")
        look("UPDATE pauses SET until = now()")
        await sender.throttled(claim, "130429")
        [pause] = look("SELECT seconds, until FROM pauses")
        assert pause["seconds"] == least
        assert pause["until"] - before["at"] >= timedelta(seconds=least)
        # However slow we are, nothing goes out while it lasts.
        look("UPDATE pauses SET until = until + interval '1 hour'")
        assert await sender.claim() is None
        async with pool.connection() as conn:
            assert len(await retention.paused_numbers(conn)) == 1
        look("UPDATE pauses SET until = now()")
    look("UPDATE pauses SET until = now() - interval '1 minute'")
    await sender.throttled(await taken(sender), "130429")
    assert look("SELECT seconds FROM pauses") == [{"seconds": 1}]


async def test_a_throttled_number_waits_for_as_long_as_whatsapp_asked(queue, sender, pool):
    await queue("91", "a")
    await sender.throttled(await taken(sender), "130429", 600)
    async with pool.connection() as conn:
        (pause,) = await retention.paused_numbers(conn)
    assert 500 < pause.seconds <= 600


async def test_a_stopped_number_keeps_its_tray_until_it_may_go_on(queue, sender, pool):
    await queue("91", "a")
    await queue("92", "b")
    await sender.stopped(await taken(sender), "190 token expired")
    assert await sender.claim() is None
    async with Sender(pool, "another number") as other:
        assert (await taken(other)).content == "b"
    await sender.resume()
    claim = await taken(sender)
    assert (claim.content, claim.attempts) == ("a", 0)


async def test_an_unknown_outcome_waits_for_its_receipt_and_is_then_not_sent_again(
    queue, patient, receive, look
):
    await queue("91", "a", "b")
    claim = await taken(patient)
    await patient.unknown(claim, "timeout")
    assert look(ONE + " ORDER BY id LIMIT 1")[0]["status"] == "unknown"
    assert await patient.claim() is None
    await receive(receipts=[receipt("w.a", "delivered", callback_data=claim.callback_data)])
    assert (await taken(patient)).content == "b"
    assert look(ONE + " ORDER BY id LIMIT 1") == [
        {"status": "delivered", "message_id": "w.a", "failure_reason": None}
    ]


async def test_an_unknown_outcome_without_a_receipt_is_sent_again(queue, sender):
    await queue("91", "a", "b")
    claim, began = await taken(sender), time.monotonic()
    await sender.unknown(claim, "timeout")
    claim = await taken(sender)
    assert (claim.content, claim.attempts) == ("a", 0)
    assert time.monotonic() - began > 0.3


async def test_a_receipt_that_is_faster_than_the_unknown_outcome(queue, patient, receive):
    await queue("91", "a", "b")
    claim = await taken(patient)
    await receive(receipts=[receipt("w.a", "sent", callback_data=claim.callback_data)])
    await patient.unknown(claim, "timeout")
    assert (await taken(patient)).content == "b"


async def test_what_a_message_costs_is_kept_from_any_of_its_receipts(queue, sender, receive, look):
    await queue("91", "a")
    await sender.sent(await taken(sender), "w.a")
    priced = replace(receipt("w.a", "sent", 1), price_category="utility", is_billable=True)
    await receive(receipts=[priced])
    await receive(receipts=[receipt("w.a", "delivered", 2)])
    [found] = look(ONE.replace("status, message_id", "status, price_category, is_billable"))
    assert (found["status"], found["price_category"], found["is_billable"]) == (
        "delivered", "utility", True,
    )  # fmt: skip


async def test_a_dead_senders_message_waits_for_its_receipt(queue, patient, pool, receive, look):
    await queue("91", "a", "b")
    async with Sender(pool, "1") as dying:
        claim = await taken(dying)
    await asyncio.sleep(0.2)
    assert await patient.claim() is None
    await receive(receipts=[receipt("w.a", "read", callback_data=claim.callback_data)])
    assert (await taken(patient)).content == "b"


async def test_a_dead_senders_receipt_may_come_before_the_reaper(queue, pool, receive, look):
    await queue("91", "a", "b")
    async with Sender(pool, "1", poll=60) as dying:
        claim = await taken(dying)
        await receive(receipts=[receipt("w.a", "sent", callback_data=claim.callback_data)])
    async with Sender(pool, "1", poll=0.1, unknown_for=600) as sender:
        assert (await taken(sender)).content == "b"


async def test_news_of_one_message_says_nothing_of_the_next(queue, pool, look):
    await queue("91", "a", "b")
    async with Sender(pool, "1", poll=60) as dying:
        first = await taken(dying)
        await dying.sent(first, "w.a")
        await taken(dying)
        async with pool.connection() as conn:
            await lanes.wake_out_lanes(conn, [(first.customer_id, first.epoch)])
    async with Sender(pool, "1", poll=0.05, unknown_for=600) as sender:
        await asyncio.sleep(0.2)
        assert await sender.claim() is None


async def test_receipts_move_forward_in_any_order(queue, sender, receive, look):
    statuses = ["sent", "delivered", "read"]
    await queue("91", *map(str, range(6)))
    for n, order in enumerate(itertools.permutations(enumerate(statuses))):
        await sender.sent(await taken(sender), f"w.{n}")
        for second, status in order:
            await receive(receipts=[receipt(f"w.{n}", status, second)] * 2)
    rows = look(
        "SELECT DISTINCT status, extract(second FROM delivered_at)::int AS delivered, "
        "extract(second FROM read_at)::int AS read, sent_at > timestamp AS sent "
        "FROM whatsapp_messages WHERE direction = 'outgoing'"
    )
    assert rows == [{"status": "read", "delivered": 1, "read": 2, "sent": True}]


async def test_read_implies_delivered_and_sent(queue, sender, receive, look):
    await queue("91", "a")
    claim = await taken(sender)
    await receive(receipts=[receipt("w.a", "read", 7, callback_data=claim.callback_data)])
    times = "SELECT sent_at = read_at AND delivered_at = read_at AS all FROM whatsapp_messages"
    assert look(times + " WHERE status = 'read' AND message_id = 'w.a'") == [{"all": True}]
    assert await sender.sent(claim, "w.a")
    assert look(ONE)[0]["status"] == "read"


async def test_a_failure_is_final_unless_it_arrived(queue, sender, receive, look):
    error = {"code": 131047, "title": "Re-engagement message", "error_data": {"details": "24 h"}}
    await queue("91", "a", "b")
    await sender.sent(await taken(sender), "w.a")
    await sender.sent(await taken(sender), "w.b")
    await receive(
        receipts=[
            receipt("w.a", "failed", 3, error=error),
            receipt("w.b", "delivered", 4),
            receipt("w.b", "failed", 5, error=error),
        ]
    )
    await receive(receipts=[receipt("w.a", "sent", 2), receipt("w.a", "warning")])
    rows = look(ONE + " ORDER BY id")
    assert [row["status"] for row in rows] == ["failed", "delivered"]
    assert rows[0]["failure_reason"] == "131047 Re-engagement message: 24 h"


async def test_what_arrived_did_not_fail_whichever_was_said_last(queue, sender, receive, look):
    statuses = ["failed", "delivered", "read"]
    orders = [*itertools.permutations(statuses), *itertools.permutations(statuses[:2])]
    await queue("91", *map(str, range(len(orders))))
    for n, order in enumerate(orders):
        await sender.sent(await taken(sender), f"w.{n}")
        for status in order:
            await receive(receipts=[receipt(f"w.{n}", status, error={"code": 131026})] * 2)
    what = "SELECT status, failed_at, failure_reason FROM whatsapp_messages"
    rows = look(what + " WHERE direction = 'outgoing' ORDER BY id")
    assert [row["status"] for row in rows] == ["read"] * 6 + ["delivered"] * 2
    assert {(row["failed_at"], row["failure_reason"]) for row in rows} == {(None, None)}


async def test_crossing_receipts_and_results_end_alike(queue, pool, sender, receive, look):
    await queue("91", *map(str, range(10)))
    for n in range(10):
        claim = await taken(sender)
        await asyncio.gather(
            sender.sent(claim, f"w.{n}"),
            receive(receipts=[receipt(f"w.{n}", "sent", 1, claim.callback_data)]),
            receive(receipts=[receipt(f"w.{n}", "read", 2, claim.callback_data)]),
        )
    assert {row["status"] for row in look(ONE)} == {"read"}
    assert sorted(row["message_id"] for row in look(ONE)) == [f"w.{n}" for n in range(10)]


async def test_an_id_that_whatsapp_gives_twice_stops_nothing(queue, sender, look):
    await queue("91", "a", "b")
    await sender.sent(await taken(sender), "w.same")
    await sender.sent(await taken(sender), "w.same")
    assert [row["status"] for row in look(ONE)] == ["sent", "sent"]


async def test_after_a_burst_the_pace_is_kept(queue, pool):
    await queue("91", *"abcde")
    await queue("92", "z")
    began = time.monotonic()
    went = {}
    async with Sender(pool, "1", pace=Pace(seconds=0.5, burst=3)) as sender:
        while len(went) < 6:
            claim = await taken(sender)
            await sender.sent(claim, f"w.{claim.content}")
            went[claim.content] = time.monotonic() - began
    assert set(list(went)[:4]) == set("abcz")
    assert went["d"] > 0.45
    assert went["e"] > 0.95


async def test_a_message_queued_later_keeps_the_pace_too(queue, pool):
    await queue("91", "a", "b")
    began = time.monotonic()
    async with Sender(pool, "1", pace=Pace(seconds=0.5, burst=2)) as sender:
        for name in "ab":
            await sender.sent(await taken(sender), name)
        await queue("91", "c")
        assert (await taken(sender)).content == "c"
    assert time.monotonic() - began > 0.45


async def test_the_numbers_rate_spreads_what_goes_out(queue, pool):
    for n in range(20):
        await queue(f"91{n}", "x")
    began = time.monotonic()
    async with Sender(pool, "1", per_second=50) as sender:
        for n in range(20):
            await sender.sent(await taken(sender), f"w.{n}")
    assert time.monotonic() - began > 0.15
