"""The sender as it runs, against a Graph that is slow to answer."""

import asyncio
import itertools
from contextlib import asynccontextmanager
from functools import partial

import psycopg
import pytest
from aiohttp import web

from connectors.whatsapp.api.answers import Endpoint
from connectors.whatsapp.api.graph_client import GraphClient
from connectors.whatsapp.send import sender as sending
from connectors.whatsapp.send.messenger import Messenger
from connectors.whatsapp.send.read_receipts import MOST_WAITING, ReadReceipts
from trays.pools import pool
from trays.sender import Sender
from trays.turn_end import queue_reply

pytestmark = pytest.mark.anyio

BODY = {"type": "text", "text": {"body": "Your order is ready"}}


@pytest.fixture
def anyio_backend():
    return "asyncio"


class Graph:
    """Remembers what it was asked; whoever is in `slow` is answered when `hurry` is set."""

    def __init__(self):
        self.asked, self.answered, self.slow = [], [], set()
        self.hurry = asyncio.Event()
        self.changed = asyncio.Condition()

    async def take(self, request):
        body = await request.json()
        who = body.get("to", body.get("message_id"))
        await self.note(self.asked, who)
        if who in self.slow:
            await self.hurry.wait()
        await self.note(self.answered, who)
        return web.json_response({"messages": [{"id": f"wamid.{next(IDS)}"}], "success": True})

    async def note(self, where, who):
        async with self.changed:
            where.append(who)
            self.changed.notify_all()

    async def until(self, holds):
        async with asyncio.timeout(60), self.changed:
            await self.changed.wait_for(holds)


IDS = itertools.count(1)


@asynccontextmanager
async def graph():
    state, app = Graph(), web.Application()
    app.router.add_post("/v23.0/100/messages", state.take)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        yield state, f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        state.hurry.set()
        await runner.cleanup()


@pytest.fixture
def customers(database_url):
    """`customers(15)`: so many, each with a message in the out tray; their phones."""

    def make(count):
        phones = [f"9198{number:08}" for number in range(count)]
        with psycopg.connect(database_url) as connection:
            for phone in phones:
                row = connection.execute(
                    "INSERT INTO user_profiles (whatsapp_phone) VALUES (%s) RETURNING id", [phone]
                ).fetchone()
                queue_reply(connection, row[0], BODY)
        return [f"+{phone}" for phone in phones]

    return make


@asynccontextmanager
async def running(database_url, address):
    messenger = Messenger(Endpoint(address, "v23.0", "100", "token"))
    async with pool(database_url) as connections, Sender(connections, "100") as sender:
        deliver = partial(sending.deliver_message, sender, messenger)
        work = asyncio.create_task(sending.run_sender(sender, deliver))
        try:
            yield sender
        finally:
            sender.stop()
            await work
            await messenger.close()


async def test_customers_who_are_slow_to_reach_hold_nobody_else_up(database_url, customers):
    async with graph() as (state, address):
        *slow, quick = customers(14)
        state.slow |= set(slow)
        async with running(database_url, address):
            await state.until(lambda: quick in state.answered)
            assert state.answered == [quick]
            await state.until(lambda: len(state.asked) == 14)
            state.hurry.set()
            await state.until(lambda: len(state.answered) == 14)
    with psycopg.connect(database_url) as connection:
        statuses = connection.execute("SELECT status, count(*) FROM whatsapp_messages GROUP BY 1")
        assert statuses.fetchall() == [("sent", 14)]


async def test_as_many_as_wanted_are_under_way_at_once_but_one_of_a_customer(
    database_url, customers
):
    async with graph() as (state, address):
        phones = customers(60)
        with psycopg.connect(database_url) as connection:
            [first] = connection.execute(
                "SELECT id FROM user_profiles WHERE whatsapp_phone = %s", [phones[0][1:]]
            ).fetchone()
            queue_reply(connection, first, BODY)
        state.slow |= set(phones)
        async with running(database_url, address):
            await state.until(lambda: len(state.asked) == 60)
            assert sorted(state.asked) == sorted(phones)
            state.hurry.set()
            await state.until(lambda: len(state.answered) == 61)
    assert state.asked.count(phones[0]) == 2


async def test_what_is_under_way_is_finished_when_the_sender_stops(database_url, customers):
    async with graph() as (state, address):
        state.slow |= set(customers(3))
        async with running(database_url, address):
            await state.until(lambda: len(state.asked) == 3)
            asyncio.get_running_loop().call_later(0.2, state.hurry.set)
    with psycopg.connect(database_url) as connection:
        statuses = connection.execute("SELECT status, count(*) FROM whatsapp_messages GROUP BY 1")
        assert statuses.fetchall() == [("sent", 3)]


async def test_seen_is_shown_at_once_and_few_wait_for_a_slow_graph():
    async with graph() as (state, address):
        ids = [f"wamid.in.{number}" for number in range(MOST_WAITING + 5)]
        state.slow |= set(ids)
        seen = ReadReceipts(GraphClient(address, "v23.0", "100", "token"))
        for each in ids:
            seen.show(each)
        await state.until(lambda: len(state.asked) == MOST_WAITING)
        state.hurry.set()
        await state.until(lambda: len(state.answered) == MOST_WAITING)
        assert sorted(state.asked) == sorted(ids[:MOST_WAITING])
        seen.close()


async def test_seen_is_no_loss_where_nobody_answers(caplog):
    seen = ReadReceipts(GraphClient("http://127.0.0.1:9", "v23.0", "100", "token"))
    seen.show("wamid.in")
    async with asyncio.timeout(60):
        while "not marked as read" not in caplog.text:
            caplog.set_level("INFO")
            seen.show("wamid.in")
            await asyncio.sleep(0.05)
    seen.close()


async def test_the_database_rings_for_orders_that_move_and_tickets(database_url):
    async with await psycopg.AsyncConnection.connect(database_url, autocommit=True) as connection:
        await connection.execute("LISTEN order_notices")
        await connection.execute("LISTEN tickets")
        await connection.execute("INSERT INTO order_notices (order_id, status) VALUES ('1', 'x')")
        await connection.execute("INSERT INTO tickets (customer_phone) VALUES ('91')")
        heard = [each.channel async for each in connection.notifies(timeout=60, stop_after=2)]
    assert heard == ["order_notices", "tickets"]
