"""Turns: one message of a customer at a time, in order, by any number of workers."""

import asyncio
import random
import time
from contextlib import AsyncExitStack

import psycopg
import pytest
import sqlalchemy

from tests.integration.trays.world import message, text
from trays.retry import MOST_TURNS, Retry
from trays.sender import Sender
from trays.turn_end import dead_letter, finish_message, queue_reply
from trays.wake import Waker, wake_workers
from trays.worker import Worker

pytestmark = pytest.mark.anyio

QUICK = Retry(first=0.01, longest=0.05)


async def test_a_message_is_answered(pool, receive, sync, look):
    assert await receive(message("hi", name="Asha")) == 1
    async with Worker(pool, "incoming") as worker, Sender(pool, "1") as sender:
        claim = await worker.next()
        assert (claim.content, claim.phone, claim.tries) == ("hi", "919000000001", 0)
        finish_message(sync, claim, [text("hello")])
        sync.commit()
        out = await sender.next()
        assert (out.payload, out.phone, out.cause_id) == (text("hello"), claim.phone, claim.row)
        assert await sender.sent(out, "wamid.out.1")
        assert await worker.claim() is None
        assert await sender.claim() is None
    assert look("SELECT status, message_id FROM whatsapp_messages ORDER BY id") == [
        {"status": "processed", "message_id": claim.message_id},
        {"status": "sent", "message_id": "wamid.out.1"},
    ]


async def test_what_is_queued_can_be_read_by_staff(pool, receive, sync, look):
    await receive(message("hi"))
    body = {
        "type": "interactive",
        "context": {"message_id": "wamid.quoted"},
        "interactive": {"type": "button", "body": {"text": "What next?"}},
    }
    picture = {"type": "image", "image": {"link": "https://shop/x.jpg", "caption": "Samosas"}}
    async with Worker(pool, "incoming") as worker:
        finish_message(sync, await worker.next(), [body, picture])
    sync.commit()
    columns = "message_type, content, media_url, context_id, from_phone, to_phone, position"
    rows = look(f"SELECT {columns} FROM whatsapp_messages WHERE direction = 'outgoing' ORDER BY id")
    assert [tuple(row.values()) for row in rows] == [
        ("interactive", "What next?", None, "wamid.quoted", "15550001111", "919000000001", 0),
        ("image", "Samosas", "https://shop/x.jpg", None, "15550001111", "919000000001", 1),
    ]


async def test_a_turn_is_one_commit_with_what_else_its_session_writes(pool, receive, session, look):
    await receive(message("hi"))
    note = sqlalchemy.text("UPDATE user_profiles SET notes = :notes")
    async with Worker(pool, "incoming", retry=QUICK) as worker:
        claim = await worker.next()
        session.execute(note, {"notes": "gone"})
        finish_message(session.connection().connection.driver_connection, claim, [text("gone")])
        session.rollback()
        await worker.give_back(claim, "commit failed")
        claim = await worker.next()
        session.execute(note, {"notes": "kept"})
        finish_message(session.connection().connection.driver_connection, claim, [text("kept")])
        session.commit()
    assert look("SELECT notes FROM user_profiles") == [{"notes": "kept"}]
    assert look("SELECT content, status FROM whatsapp_messages ORDER BY id") == [
        {"content": "hi", "status": "processed"},
        {"content": "kept", "status": "queued"},
    ]


async def test_three_quick_messages_are_answered_back_to_back(pool, receive, database_url):
    await receive(message("1"), message("2"), message("3"))
    began = time.monotonic()
    async with Worker(pool, "incoming", poll=60) as worker:
        said = await run(worker, database_url, until=3)
    assert said == ["1", "2", "3"]
    assert time.monotonic() - began < 60


async def test_the_bell_wakes_a_worker_of_another_process(pool, receive):
    async with Worker(pool, "incoming", poll=60) as worker:
        waiting = asyncio.create_task(worker.next())
        await asyncio.sleep(0.2)
        await receive(message("wake up"))
        Waker(pool).wake("incoming")
        claim = await asyncio.wait_for(waiting, 60)
    assert claim.content == "wake up"


async def test_synchronous_callers_can_ring_too(pool, receive, sync, look):
    await receive(message("hi"))
    (customer,) = look("SELECT id FROM user_profiles")
    async with Worker(pool, "outgoing", poll=60) as worker:
        waiting = asyncio.create_task(worker.next())
        await asyncio.sleep(0.2)
        assert queue_reply(sync, customer["id"], text("Your order is ready"))
        sync.commit()
        wake_workers(sync, "outgoing")
        assert (await asyncio.wait_for(waiting, 60)).content == "Your order is ready"


async def test_a_cause_queues_its_news_once(pool, receive, sync, look):
    await receive(message("hi"))
    (cause,) = look("SELECT id, customer_id FROM whatsapp_messages")
    queued = [queue_reply(sync, cause["customer_id"], text("x"), cause["id"]) for _ in range(3)]
    assert queued == [True, False, False]


async def test_whoever_has_waited_longest_comes_first(pool, receive):
    for phone in ("91", "92", "93"):
        await receive(message(phone=phone))
    await receive(message(phone="91"))
    async with Worker(pool, "incoming") as worker:
        taken = [await worker.next() for _ in range(3)]
        assert [claim.phone for claim in taken] == ["91", "92", "93"]
        assert await worker.claim() is None


async def test_a_message_that_is_tried_again_is_not_overtaken(pool, receive, database_url):
    await receive(message("1"), message("2"), message("3"))
    async with Worker(pool, "incoming", retry=QUICK) as worker:
        for tries in range(3):
            claim = await worker.next()
            assert (claim.content, claim.tries, claim.attempts) == ("1", tries, tries)
            assert await worker.give_back(claim, "ValueError")
        assert await run(worker, database_url, until=3) == ["1", "2", "3"]


async def test_an_outage_is_not_the_messages_fault(pool, receive):
    await receive(message())
    async with Worker(pool, "incoming", retry=QUICK) as worker:
        for _ in range(MOST_TURNS + 1):
            await worker.give_back(await worker.next(), "action server", outage=True, delay=0)
        await worker.give_back(await worker.next(), "ValueError")
        claim = await worker.next()
    assert (claim.tries, claim.attempts) == (MOST_TURNS + 2, 1)


async def test_a_message_that_always_fails_is_buried_with_an_apology(pool, receive, sync, look):
    await receive(message("poison"), message("fine"))
    async with Worker(pool, "incoming", retry=QUICK) as worker:
        while (claim := await worker.next()).attempts < MOST_TURNS - 1:
            await worker.give_back(claim, "ValueError")
        dead_letter(sync, claim, "ValueError", [text("Sorry, a person will look at this.")])
        sync.commit()
        assert (await worker.next()).content == "fine"
    assert look(
        "SELECT status, failure_reason, failed_at IS NOT NULL AS failed, content "
        "FROM whatsapp_messages WHERE content <> 'fine' ORDER BY id"
    ) == [
        {"status": "dead", "failure_reason": "ValueError", "failed": True, "content": "poison"},
        {
            "status": "queued",
            "failure_reason": None,
            "failed": False,
            "content": "Sorry, a person will look at this.",
        },
    ]


async def test_many_workers_keep_every_customers_order(pool, receive, database_url, look):
    """Three workers with four runners each, turns of random length, a third of them failing."""
    customers, each = 12, 6
    for n in range(each):
        await asyncio.gather(
            *(
                receive(message(f"{n}", phone=f"91{c}", message_id=f"{c}.{n}"))
                for c in range(customers)
            )
        )
    in_hand: set[str] = set()
    said: dict[str, list[str]] = {}
    left = customers * each

    async def runner(worker, conn):
        nonlocal left
        while claim := await worker.next():
            assert claim.phone not in in_hand
            in_hand.add(claim.phone)
            await asyncio.sleep(random.random() * 0.01)
            in_hand.remove(claim.phone)
            if random.random() < 0.3:
                await worker.give_back(claim, "chance")
                continue
            finish_message(conn, claim, [text(claim.content)])
            said.setdefault(claim.phone, []).append(claim.content)
            conn.commit()
            left -= 1
            if not left:
                for each_worker in workers:
                    each_worker.stop()

    async with AsyncExitStack() as stack, asyncio.timeout(60):
        workers = [
            await stack.enter_async_context(Worker(pool, "incoming", retry=QUICK, poll=0.2))
            for _ in range(3)
        ]
        conns = [stack.enter_context(psycopg.connect(database_url)) for _ in range(12)]
        await asyncio.gather(*(runner(workers[n % 3], conn) for n, conn in enumerate(conns)))
    assert said == {f"91{c}": [f"{n}" for n in range(each)] for c in range(customers)}
    queued = look(
        "SELECT to_phone, array_agg(content ORDER BY id) AS said FROM whatsapp_messages "
        "WHERE direction = 'outgoing' GROUP BY 1"
    )
    assert {row["to_phone"]: row["said"] for row in queued} == said


async def run(worker, database_url, *, until):
    """Works off so many messages, one runner; what they said, in the order of the turns."""
    said: list[str] = []
    with psycopg.connect(database_url) as conn:
        while len(said) < until:
            claim = await asyncio.wait_for(worker.next(), 60)
            finish_message(conn, claim, [])
            conn.commit()
            said.append(claim.content)
    return said
