"""Dead workers, lost answers, and a database that goes away."""

import asyncio
import sys
import time
from contextlib import contextmanager

import psycopg
import pytest
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from tests.integration.trays.world import message, text
from trays.intake import Intake
from trays.messages import Fenced
from trays.pools import pool as new_pool
from trays.sender import Sender
from trays.turn_end import dead_letter, finish_message
from trays.worker import Worker

pytestmark = pytest.mark.anyio

LISTENERS = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%%'"

# A worker that takes one message, says so, and hangs.
HANGING = """
import asyncio, sys
from trays.pools import pool
from trays.worker import Worker

async def main():
    async with pool(sys.argv[1]) as connections, Worker(connections, "incoming") as worker:
        print((await worker.next()).content, flush=True)
        await asyncio.sleep(600)

asyncio.run(main())
"""


@pytest.fixture
def away(cluster_url, database_url):
    """`with away():` the test's database alone has thrown everybody out and lets nobody in."""
    name = conninfo_to_dict(database_url)["dbname"]

    @contextmanager
    def refuse():
        with psycopg.connect(cluster_url, autocommit=True) as conn:
            alter = sql.SQL("ALTER DATABASE {} ALLOW_CONNECTIONS {}")
            conn.execute(alter.format(sql.Identifier(name), sql.SQL("false")))
            conn.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name]
            )
            try:
                yield
            finally:
                conn.execute(alter.format(sql.Identifier(name), sql.SQL("true")))

    return refuse


async def test_a_killed_process_gives_its_message_to_another_within_two_seconds(
    pool, receive, database_url
):
    await receive(message("precious"))
    dying = await asyncio.create_subprocess_exec(
        sys.executable, "-c", HANGING, database_url, stdout=asyncio.subprocess.PIPE
    )
    try:
        assert await dying.stdout.readline() == b"precious\n"
        async with Worker(pool, "incoming") as worker:
            waiting = asyncio.create_task(worker.next())
            await asyncio.sleep(0.2)
            assert not waiting.done()
            dying.kill()
            claim = await asyncio.wait_for(waiting, 60)
    finally:
        if dying.returncode is None:
            dying.kill()
        await dying.wait()
    assert (claim.content, claim.attempts) == ("precious", 1)


async def test_a_worker_that_was_given_up_cannot_finish(pool, receive, sync, look):
    await receive(message("hi"))
    async with Worker(pool, "incoming") as first, Worker(pool, "incoming", poll=0.05) as second:
        stale = await first.next()
        look(LISTENERS)
        claim = await asyncio.wait_for(second.next(), 60)
        assert (claim.row, claim.attempts) == (stale.row, 1)
        with pytest.raises(Fenced):
            finish_message(sync, stale, [text("from the grave")])
        sync.rollback()
        assert not await first.give_back(stale, "late")
        finish_message(sync, claim, [text("once")])
        sync.commit()
    assert look("SELECT content FROM whatsapp_messages WHERE direction = 'outgoing'") == [
        {"content": "once"}
    ]


async def test_a_lane_that_is_held_for_too_long_is_freed(pool, receive):
    await receive(message("hi"))
    async with Worker(pool, "incoming", poll=0.05, longest=0.2) as worker:
        first = await worker.next()
        second = await asyncio.wait_for(worker.next(), 60)
    assert (first.row, first.epoch) != (second.row, second.epoch)
    assert first.row == second.row


async def test_a_claim_that_nobody_waits_for_any_more_is_put_down(pool, receive, look):
    await receive(*(message(phone=f"91{n}") for n in range(30)))
    async with Worker(pool, "incoming", poll=0.05) as worker:
        for n in range(30):
            task = asyncio.create_task(worker.claim())
            await asyncio.sleep(0.0001 * n)
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
            if not task.cancelled() and task.result():
                await worker.give_back(task.result(), "never mind", delay=0)
        taken = set()
        async with asyncio.timeout(60):
            while len(taken) < 30:
                if claim := await worker.next():
                    taken.add(claim.phone)


async def test_an_outage_is_survived_and_nothing_lost(database_url, away):
    async with new_pool(database_url, timeout=2) as pool:
        await live_through_an_outage(pool, database_url, away)


async def live_through_an_outage(pool, database_url, away):
    intake = Intake(pool)
    await intake.accept([message("before")])
    async with Worker(pool, "incoming", poll=0.1) as worker:
        in_hand = await worker.next()
        with away():
            waiting = asyncio.create_task(worker.next())
            returned = asyncio.create_task(worker.give_back(in_hand, "no database", delay=0))
            with pytest.raises(psycopg.OperationalError):
                await intake.accept([message("meanwhile")])
            async with asyncio.timeout(60):
                while worker.alive:  # noqa: ASYNC110
                    await asyncio.sleep(0.05)
        async with asyncio.timeout(60):
            await returned
            assert await intake.accept([message("after")]) == 1
            claim = await waiting
            with psycopg.connect(database_url) as conn:
                finish_message(conn, claim, [])
            assert claim.content == "before"
            assert (await worker.next()).content == "after"
            assert worker.alive


async def test_nothing_is_promised_to_anybody_while_the_database_is_away(database_url, away):
    bodies = [[message(f"{n}", phone=f"91{n % 7}")] for n in range(30)]
    async with new_pool(database_url, timeout=0.5) as pool:
        intake = Intake(pool)
        await intake.accept([message("before")])
        with away():
            tries = asyncio.gather(*map(intake.accept, bodies), return_exceptions=True)
            found = await asyncio.wait_for(tries, 60)
        assert all(isinstance(each, psycopg.OperationalError) for each in found)
    async with new_pool(database_url) as pool:
        assert await asyncio.gather(*map(Intake(pool).accept, bodies)) == [1] * 30
    with psycopg.connect(database_url) as conn:
        assert conn.execute("SELECT count(*) FROM whatsapp_messages").fetchone() == (31,)


async def test_the_webhook_does_not_notice_a_restart(pool, receive, look):
    await asyncio.gather(*(receive(message()) for _ in range(20)))
    look(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
        "WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
    assert await Intake(pool).accept([message()]) == 1


async def test_a_sent_message_is_kept_as_sent_through_an_outage(pool, receive, sync, look, away):
    await receive(message("hi"))
    async with Worker(pool, "incoming") as worker:
        finish_message(sync, await worker.next(), [text("hello")])
        sync.commit()
    async with Sender(pool, "1", poll=0.1, unknown_for=0.2) as sender:
        claim = await sender.next()
        with away():
            storing = asyncio.create_task(sender.sent(claim, "wamid.out"))
            await asyncio.sleep(0.5)
        await asyncio.wait_for(storing, 60)
    with psycopg.connect(pool.conninfo) as conn:
        sent = "SELECT status, message_id FROM whatsapp_messages WHERE direction = 'outgoing'"
        assert conn.execute(sent).fetchall() == [("sent", "wamid.out")]


async def test_stopping_ends_waiting_at_once(pool):
    async with Worker(pool, "incoming", poll=60) as worker:
        waiting = [asyncio.create_task(worker.next()) for _ in range(3)]
        await asyncio.sleep(0.1)
        began = time.monotonic()
        worker.stop()
        assert await asyncio.gather(*waiting) == [None] * 3
    assert time.monotonic() - began < 60


async def test_a_dead_message_that_staff_revive_by_hand_is_taken(pool, receive, sync, look):
    await receive(message("again"))
    async with Worker(pool, "incoming", poll=0.05) as worker:
        dead_letter(sync, await worker.next(), "broken menu", [])
        sync.commit()
    look("UPDATE whatsapp_messages SET status = 'received'")
    async with Worker(pool, "incoming", poll=0.05) as worker:
        assert (await asyncio.wait_for(worker.next(), 60)).content == "again"
