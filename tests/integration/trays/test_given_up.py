"""Messages that were given up are tried again: once, whoever asks how often."""

import threading

import psycopg
import pytest

from tests.integration.trays.world import message, receipt, text
from trays import outbox
from trays.given_up import receive_again, send_again
from trays.sender import Sender
from trays.turn_end import dead_letter, finish_message, queue_reply
from trays.worker import Worker

pytestmark = pytest.mark.anyio

OUTGOING = "SELECT content, status, message_id FROM whatsapp_messages WHERE direction = 'outgoing'"


@pytest.fixture
async def dead(pool, receive, sync, look):
    """The row of a dead letter; its customer got an apology, and wrote once more."""
    await receive(message("poison"), message("later"))
    async with Worker(pool, "incoming") as worker:
        dead_letter(sync, await worker.next(), "broken menu", [text("Sorry.")])
        sync.commit()
    [found] = look("SELECT id FROM whatsapp_messages WHERE status = 'dead'")
    return found["id"]


@pytest.fixture
async def failed(pool, receive, sync, look):
    """The row of an answer that WhatsApp reported as failed after it had taken it."""
    await receive(message("hi", phone="91"))
    [customer] = look("SELECT id FROM user_profiles WHERE whatsapp_phone = '91'")
    queue_reply(sync, customer["id"], text("Ready!"))
    sync.commit()
    async with Sender(pool, "1") as sender:
        while (claim := await sender.next()).content != "Ready!":
            await sender.sent(claim, "w.0")
        await sender.sent(claim, "w.1")
    await receive(receipts=[receipt("w.1", "failed", error={"code": 131026})])
    [found] = look("SELECT id FROM whatsapp_messages WHERE status = 'failed'")
    return found["id"]


def by_many(database_url, act, row):
    """How often eight people who ask at the same time are told that it is tried again."""
    started, told = threading.Barrier(8, timeout=60), []

    def ask():
        with psycopg.connect(database_url) as connection:
            started.wait()
            told.append(act(connection, row))

    people = [threading.Thread(daemon=True, target=ask) for _ in range(8)]
    for person in people:
        person.start()
    for person in people:
        person.join()
    return sum(told)


async def test_a_dead_letter_is_answered_after_all(dead, pool, sync, look):
    assert receive_again(sync, dead)
    sync.commit()
    async with Worker(pool, "incoming") as worker:
        claim = await worker.next()
        assert (claim.content, claim.attempts) == ("poison", 0)
        finish_message(sync, claim, [text("Here you are.")])
        sync.commit()
        assert (await worker.next()).content == "later"
    assert [row["content"] for row in look(OUTGOING + " ORDER BY id")] == [
        "Sorry.",
        "Here you are.",
    ]
    assert not receive_again(sync, dead)


async def test_a_letter_that_dies_again_apologises_again(dead, pool, sync, look):
    for _ in range(2):
        assert receive_again(sync, dead)
        sync.commit()
        async with Worker(pool, "incoming") as worker:
            dead_letter(sync, await worker.next(), "still broken", [text("Sorry.")])
            sync.commit()
    positions = look("SELECT position FROM whatsapp_messages WHERE cause_id = %s", dead)
    assert sorted(row["position"] for row in positions) == [-2, -1, 0]


async def test_a_message_that_failed_goes_out_as_a_new_one(failed, pool, receive, sync, look):
    assert send_again(sync, failed)
    sync.commit()
    async with Sender(pool, "1") as sender:
        claim = await sender.next()
        assert (claim.content, claim.row == failed) == ("Ready!", False)
        await sender.sent(claim, "w.2")
    # WhatsApp says once more what it said of the first.
    await receive(receipts=[receipt("w.1", "failed", error={"code": 131026})])
    assert [(row["status"], row["message_id"]) for row in look(OUTGOING + " ORDER BY id")] == [
        ("retried", "w.1"),
        ("sent", "w.2"),
    ]
    assert not send_again(sync, failed)


async def test_however_many_ask_it_is_tried_once(dead, failed, database_url, look):
    assert by_many(database_url, receive_again, dead) == 1
    assert by_many(database_url, send_again, failed) == 1
    assert [row["status"] for row in look(OUTGOING + " AND content = 'Ready!' ORDER BY id")] == [
        "retried",
        "queued",
    ]


async def test_what_did_not_go_wrong_stays_as_it_is(pool, receive, sync, look):
    await receive(message("fine"))
    async with Worker(pool, "incoming") as worker:
        finish_message(sync, await worker.next(), [text("Answer")])
        sync.commit()
    before = look("SELECT * FROM whatsapp_messages ORDER BY id")
    for row in [*(each["id"] for each in before), 10**12]:
        assert not receive_again(sync, row)
        assert not send_again(sync, row)
    sync.commit()
    assert look("SELECT * FROM whatsapp_messages ORDER BY id") == before


async def test_what_was_withdrawn_in_the_senders_hand_has_gone_out(pool, receive, sync, look):
    await receive(message("hi"))
    [customer] = look("SELECT id FROM user_profiles")
    queue_reply(sync, customer["id"], text("Too late"))
    sync.commit()
    async with Sender(pool, "1") as sender:
        claim = await sender.next()
        look("UPDATE whatsapp_messages SET status = 'withdrawn' WHERE id = %s", claim.row)
        async with pool.connection() as connection:
            await outbox.mark_sent(connection, claim, "w.9")
    assert look(OUTGOING)[0]["status"] == "sent"
