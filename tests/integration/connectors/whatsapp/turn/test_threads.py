"""Turns on their threads: what fails, hangs or dies leaves nothing behind and holds nobody up."""

import asyncio
import subprocess
import sys
import threading
import time

import psycopg
import pytest
from psycopg.rows import dict_row
from sqlalchemy import text

import settings
from connectors.whatsapp.turn import threads
from connectors.whatsapp.turn.handler import finish_without_rasa
from connectors.whatsapp.turn.threads import TurnThread
from connectors.whatsapp.turn.turn import Turn, TurnFailed
from shop.customers.open_matters import begin_matter, may_be_open
from storage import engine as storage_engine
from storage.models import UserProfile
from tests.integration.trays.world import message
from trays.accept import accept_messages
from trays.pools import pool
from trays.worker import Worker


class Trays:
    """An in tray with a worker, and a look at what is there."""

    def __init__(self, url, connections, worker):
        self.url, self._pool, self.worker = url, connections, worker

    async def receive(self, phone):
        async with self._pool.connection() as connection:
            await accept_messages(connection, [message(phone=phone)])
        async with asyncio.timeout(60):
            return await self.worker.next()

    def rows(self, query):
        with psycopg.connect(self.url, autocommit=True, row_factory=dict_row) as connection:
            return connection.execute(query).fetchall()

    def statuses(self):
        found = self.rows("SELECT from_phone, status FROM whatsapp_messages ORDER BY from_phone")
        return {row["from_phone"]: row["status"] for row in found}

    def notes(self):
        return [
            row["notes"] for row in self.rows("SELECT notes FROM user_profiles") if row["notes"]
        ]


@pytest.fixture
def with_trays(database_url):
    """Runs a test's coroutine with the trays."""

    def run(test):
        async def running():
            async with pool(database_url) as connections, Worker(connections, "incoming") as worker:
                return await test(Trays(database_url, connections, worker))

        return asyncio.run(running())

    return run


def write_note(turn: Turn, words: str) -> None:
    """What an action does: it writes in the turn's transaction."""
    with storage_engine.session() as session:
        session.get_one(UserProfile, turn.claim.customer_id).notes = words
        session.flush()


OPEN = {
    "ticket": """
        INSERT INTO tickets (ticket_id, customer_id, customer_phone, category, description)
        SELECT 'TKT-1', id, whatsapp_phone, 'other', 'cold' FROM user_profiles""",
    "kept_cart": """
        INSERT INTO kept_carts (customer_id, cart, terms)
        SELECT id, '{}', '{}' FROM user_profiles""",
    "shortage": """
        WITH placed AS (
            INSERT INTO orders (order_id, customer_id, customer_phone, items, total)
            SELECT 'ORD-1', id, whatsapp_phone, '[]', 1 FROM user_profiles RETURNING order_id)
        INSERT INTO shortages (order_id, line, items, offered)
        SELECT order_id, '{}', '[]', '[]' FROM placed""",
}


@pytest.mark.parametrize("matters", [[], *([one] for one in OPEN), list(OPEN)])
def test_a_turn_knows_what_is_open_for_its_customer(with_trays, matters) -> None:
    seen = []

    async def handle(turn):
        session = turn.unit.session
        seen.append([one for one in OPEN if may_be_open(session, one)])
        begin_matter(session, "kept_cart")
        assert may_be_open(session, "kept_cart")
        finish_without_rasa(turn)

    async def test(trays):
        claim = await trays.receive("911")
        with psycopg.connect(trays.url, autocommit=True) as connection:
            for matter in matters:
                connection.execute(OPEN[matter])
        thread = TurnThread(handle)
        await thread.run(claim)
        thread.close()

    with_trays(test)
    assert seen == [matters]


def test_outside_a_turn_anything_may_be_open(session) -> None:
    begin_matter(session, "ticket")
    assert may_be_open(session, "shortage")


def test_what_an_action_writes_is_committed_with_its_turn(with_trays) -> None:
    async def handle(turn):
        write_note(turn, "kept")
        finish_without_rasa(turn)

    async def test(trays):
        thread = TurnThread(handle)
        await thread.run(await trays.receive("911"))
        thread.close()
        assert trays.notes() == ["kept"]
        assert trays.statuses() == {"911": "processed"}

    with_trays(test)


def test_a_thread_without_a_turn_keeps_no_connection(with_trays, monkeypatch) -> None:
    monkeypatch.setattr(threads, "IDLE_SECONDS", 0.2)
    backends = []

    async def handle(turn):
        with storage_engine.session() as session:
            backends.append(storage_engine.driver(session).info.backend_pid)
        finish_without_rasa(turn)

    async def test(trays):
        thread = TurnThread(handle)
        for phone in ("911", "912"):
            await thread.run(await trays.receive(phone))
            open_ones = f"SELECT FROM pg_stat_activity WHERE pid = {backends[-1]}"
            async with asyncio.timeout(60):
                while trays.rows(open_ones):  # noqa: ASYNC110
                    await asyncio.sleep(0.05)
        thread.close()
        assert backends[0] != backends[1]
        assert trays.statuses() == {"911": "processed", "912": "processed"}

    with_trays(test)


def test_a_turn_reads_its_customer_once_and_keeps_what_is_prepared(with_trays) -> None:
    """What was read before Rasa works is let go of without forgetting it: each turn would pay."""
    prepared, is_loaded = [], []

    async def handle(turn):
        session = turn.unit.session
        session.execute(text("SELECT current_step FROM conversation_state"))
        turn.unit.let_go()
        assert not storage_engine.driver(session).info.transaction_status
        customer = session.get_one(UserProfile, turn.claim.customer_id)
        is_loaded.append("language" in customer.__dict__)
        prepared.append(session.scalar(text("SELECT count(*) FROM pg_prepared_statements")))
        finish_without_rasa(turn)

    async def test(trays):
        thread = TurnThread(handle)
        for number in range(8):  # psycopg prepares what it has executed five times
            await thread.run(await trays.receive(f"91{number}"))
        thread.close()
        assert is_loaded == [True] * 8
        assert prepared[-1] > 0

    with_trays(test)


def test_what_is_not_written_yet_is_not_let_go(with_trays) -> None:
    async def handle(turn):
        turn.unit.session.get_one(UserProfile, turn.claim.customer_id).notes = "half"
        turn.unit.let_go()
        raise RuntimeError("broken")

    async def test(trays):
        thread = TurnThread(handle)
        with pytest.raises(RuntimeError):
            await thread.run(await trays.receive("911"))
        thread.close()
        assert trays.notes() == []

    with_trays(test)


@pytest.mark.parametrize(
    "error", [RuntimeError("broken"), ConnectionError("broken"), TimeoutError("broken")]
)
def test_an_action_that_raises_leaves_nothing_and_counts_as_a_try(with_trays, error) -> None:
    async def handle(turn):
        write_note(turn, "lost")
        raise error

    async def test(trays):
        thread = TurnThread(handle)
        with pytest.raises(type(error)):
            await thread.run(await trays.receive("911"))
        thread.close()
        assert trays.notes() == []
        assert trays.statuses() == {"911": "received"}

    with_trays(test)


def test_a_turn_after_a_broken_one_starts_clean(with_trays) -> None:
    calls = []

    async def handle(turn):
        calls.append(turn)
        write_note(turn, f"note {len(calls)}")
        if len(calls) == 1:
            with storage_engine.session() as session:
                session.execute(text("SELECT 1 / 0"))
        finish_without_rasa(turn)

    async def test(trays):
        thread = TurnThread(handle)
        claim = await trays.receive("911")
        with pytest.raises(Exception, match="division"):
            await thread.run(claim)
        await trays.worker.give_back(claim, "broken", delay=0)
        await thread.run(await trays.worker.next())
        thread.close()
        assert trays.notes() == ["note 2"]

    with_trays(test)


def test_a_hanging_turn_is_given_up_while_others_are_served(with_trays, monkeypatch) -> None:
    monkeypatch.setattr(threads, "TURN_SECONDS", 5.0)
    waits, late = threading.Event(), []

    async def handle(turn):
        if turn.claim.phone == "911":
            write_note(turn, "too late")
            waits.wait(60)
            try:
                write_note(turn, "later still")
                turn.unit.commit()
            except Exception as error:
                late.append(type(error).__name__)
                raise
        finish_without_rasa(turn)

    async def test(trays):
        hanging, other = TurnThread(handle), TurnThread(handle)
        first = await trays.receive("911")
        running = asyncio.create_task(hanging.run(first))
        await other.run(await trays.receive("922"))
        assert trays.statuses() == {"911": "received", "922": "processed"}
        with pytest.raises(TurnFailed, match="longer"):
            await running
        # Its locks are gone with its connection, and its thread has been replaced.
        await hanging.run(await trays.receive("933"))
        await trays.worker.give_back(first, "hung", delay=0)
        waits.set()
        await until(lambda: late)
        await until(lambda: TurnThread.hanging == 0)
        assert trays.notes() == []
        assert trays.statuses()["911"] == "received"
        hanging.close()
        other.close()

    with_trays(test)


async def until(holds):
    async with asyncio.timeout(60):
        while not holds():  # noqa: ASYNC110 (threads, no event)
            await asyncio.sleep(0.05)


def test_a_lost_connection_is_replaced_before_anything_is_done(with_trays) -> None:
    backends = []

    async def handle(turn):
        write_note(turn, "kept")
        backends.append(backend_of(turn))
        finish_without_rasa(turn)

    async def test(trays):
        thread = TurnThread(handle)
        await thread.run(await trays.receive("911"))
        trays.rows(f"SELECT pg_terminate_backend({backends[0]})")
        await thread.run(await trays.receive("922"))
        thread.close()
        assert backends[0] != backends[1]
        assert trays.statuses() == {"911": "processed", "922": "processed"}

    with_trays(test)


def test_a_connection_lost_in_the_middle_is_an_outage(with_trays) -> None:
    async def handle(turn):
        write_note(turn, "lost")
        with psycopg.connect(storage_engine.database_url(), autocommit=True) as other:
            other.execute("SELECT pg_terminate_backend(%s)", [backend_of(turn)])
        write_note(turn, "never")

    async def test(trays):
        thread = TurnThread(handle)
        claim = await trays.receive("911")
        with pytest.raises(Exception, match="terminating connection") as raised:
            await thread.run(claim)
        assert threads.is_outage(raised.value)
        thread.close()
        assert trays.notes() == []

    with_trays(test)


def backend_of(turn: Turn) -> int:
    return storage_engine.driver(turn.unit.session).info.backend_pid


def test_a_turn_that_changes_its_customer_does_not_deadlock_with_a_webhook(with_trays) -> None:
    """Both lock the lane first: the webhook waits for the turn, and neither fails."""
    changed, accepted = threading.Event(), threading.Event()

    async def handle(turn):
        write_note(turn, "kept")
        changed.set()
        accepted.wait(0.5)
        finish_without_rasa(turn)

    async def test(trays):
        thread = TurnThread(handle)
        running = asyncio.create_task(thread.run(await trays.receive("911")))
        await asyncio.to_thread(changed.wait, 60)
        async with trays._pool.connection() as connection:
            assert await accept_messages(connection, [message("more", phone="911")]) == 1
        accepted.set()
        await running
        thread.close()
        assert trays.notes() == ["kept"]
        waiting = trays.rows("SELECT status FROM whatsapp_messages ORDER BY id")
        assert [row["status"] for row in waiting] == ["processed", "received"]

    with_trays(test)


def test_a_process_in_which_too_many_turns_hang_ends_itself(database_url) -> None:
    """Its supervisor then starts it anew."""
    started = time.monotonic()
    ended = subprocess.run(
        [sys.executable, "-c", HANGING],
        check=False,
        cwd=settings.ROOT,
        capture_output=True,
        text=True,
        timeout=240,
    )
    assert ended.returncode == 70, ended.stderr
    assert "this process ends itself" in ended.stderr
    assert time.monotonic() - started < 240


HANGING = """
import asyncio, logging, threading
from connectors.whatsapp.turn import threads as turn_threads
from connectors.whatsapp.turn.threads import TurnThread
from connectors.whatsapp.turn.turn import TurnFailed
from storage import engine
from trays.accept import accept_messages as accept
from trays.pools import pool
from trays.worker import Worker
from tests.integration.trays.world import message

logging.basicConfig()
turn_threads.TURN_SECONDS = 0.3

async def handle(turn):
    threading.Event().wait()

async def main():
    url = engine.database_url()
    async with pool(url) as connections, Worker(connections, "incoming") as worker:
        thread = TurnThread(handle)
        for number in range(turn_threads.MOST_HANGING):
            async with connections.connection() as connection:
                await accept(connection, [message(phone=f"91{number}")])
            try:
                await thread.run(await worker.next())
            except TurnFailed:
                pass

asyncio.run(main())
"""
