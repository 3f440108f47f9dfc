"""The database goes away while customers go on writing, and comes back: nothing is lost.

Each customer writes one message after the other, and WhatsApp delivers again what was not
acknowledged. What was acknowledged is answered once, in the order in which it was accepted.
"""

import asyncio

import psycopg
import pytest

from tests.integration.trays.test_failures import away  # noqa: F401 (a fixture)
from tests.integration.trays.world import message, text
from trays.intake import Intake
from trays.pools import pool as new_pool
from trays.turn_end import finish_message
from trays.worker import OUTAGES, Worker

pytestmark = pytest.mark.anyio

CUSTOMERS = 12
RUNNERS = 3
AWAY, AFTER = 12.0, 1.0  # seconds
ANSWERS = """
SELECT message.from_phone AS phone, array_agg(message.content ORDER BY reply.id) AS answered
FROM whatsapp_messages AS reply JOIN whatsapp_messages AS message ON message.id = reply.cause_id
GROUP BY message.from_phone
"""
LEFT = """
SELECT count(*) FILTER (WHERE status <> 'processed') AS unanswered,
    (SELECT count(*) FROM lanes
        WHERE direction = 'incoming' AND (held_by IS NOT NULL OR ready_at IS NOT NULL)) AS busy
FROM whatsapp_messages WHERE direction = 'incoming'
"""


class Customer:
    """Writes numbered messages until told to stop; `accepted` are those that got their 200."""

    def __init__(self, number):
        self.phone = f"9190{number:08}"
        self.accepted = []
        self.refusals = 0

    async def write(self, intake, over):
        number = 0
        while not over.is_set():
            said = message(f"{number:05}", phone=self.phone)
            while True:
                try:
                    await intake.accept([said])
                    break
                except OUTAGES:
                    self.refusals += 1
                    await asyncio.sleep(0.2)
            self.accepted.append(said.content)
            number += 1
            await asyncio.sleep(0.05)


async def answer(worker, url):
    """A runner: takes messages and answers each; an outage gives the message back."""
    while claim := await worker.next():
        try:
            await asyncio.to_thread(reply, url, claim)
        except OUTAGES:
            await worker.give_back(claim, "no database", delay=0)


def reply(url, claim):
    with psycopg.connect(url) as conn:
        finish_message(conn, claim, [text(f"to {claim.content}")])


async def test_what_was_accepted_is_answered_once_and_in_order(database_url, away):  # noqa: F811
    customers, over = [Customer(number) for number in range(CUSTOMERS)], asyncio.Event()
    async with (
        new_pool(database_url, timeout=0.5) as pool,
        Worker(pool, "incoming", poll=0.5) as worker,
        asyncio.TaskGroup() as group,
    ):
        intake = Intake(pool)
        writing = [group.create_task(each.write(intake, over)) for each in customers]
        runners = [group.create_task(answer(worker, database_url)) for _ in range(RUNNERS)]
        async with asyncio.timeout(60):
            while not all(each.accepted for each in customers):  # noqa: ASYNC110
                await asyncio.sleep(0.05)
        before = sum(len(each.accepted) for each in customers)
        with away():
            await asyncio.sleep(AWAY)
            async with asyncio.timeout(60):
                while not all(each.refusals for each in customers):  # noqa: ASYNC110
                    await asyncio.sleep(0.05)
            meanwhile = sum(len(each.accepted) for each in customers)
        await asyncio.sleep(AFTER)
        over.set()
        await asyncio.gather(*writing)
        async with asyncio.timeout(60):
            while look_at(database_url) != (0, 0):  # noqa: ASYNC110
                await asyncio.sleep(0.1)
        worker.stop()
        await asyncio.gather(*runners)
    # There was something to lose, nothing was promised meanwhile, and everybody went on.
    assert meanwhile - before <= CUSTOMERS
    assert sum(len(each.accepted) for each in customers) > meanwhile
    assert answers(database_url) == {each.phone: each.accepted for each in customers}


def look_at(url):
    with psycopg.connect(url) as conn:
        return conn.execute(LEFT).fetchone()


def answers(url):
    with psycopg.connect(url) as conn:
        return dict(conn.execute(ANSWERS).fetchall())
