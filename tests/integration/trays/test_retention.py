"""What may go, and how much waits."""

import pytest

from tests.integration.trays.world import message, text
from trays import retention
from trays.turn_end import dead_letter, finish_message
from trays.worker import Worker

pytestmark = pytest.mark.anyio


async def test_the_figures_say_what_waits(receive, pool, sync, look):
    for phone in ("91", "91", "92", "93"):
        await receive(message(phone=phone))
    look("UPDATE whatsapp_messages SET created_at = now() - interval '1 minute'")
    async with Worker(pool, "incoming") as worker:
        finish_message(sync, await worker.next(), [text("x"), text("y")])
        dead_letter(sync, await worker.next(), "reason", [])
        sync.commit()
        await worker.next()
        async with pool.connection() as conn:
            incoming, outgoing = await retention.tray_depth(conn)
    assert (incoming.messages, incoming.lanes, incoming.in_hand, incoming.dead) == (2, 2, 1, 1)
    assert 59 < incoming.oldest_seconds < 150
    assert (outgoing.messages, outgoing.lanes, outgoing.in_hand, outgoing.dead) == (2, 1, 0, 0)
    assert 0 <= outgoing.oldest_seconds < 59


async def test_an_empty_tray_has_no_age(pool):
    async with pool.connection() as conn:
        assert [tray.oldest_seconds for tray in await retention.tray_depth(conn)] == [0, 0]
        assert await retention.paused_numbers(conn) == []


async def test_only_finished_and_old_messages_go(receive, pool, sync, look, monkeypatch):
    monkeypatch.setattr(retention, "BATCH", 2)
    await receive(*(message(f"{n}") for n in range(6)))
    async with Worker(pool, "incoming") as worker:
        for _ in range(5):
            finish_message(sync, await worker.next(), [])
            sync.commit()
    look("UPDATE whatsapp_messages SET created_at = now() - interval '9 days' WHERE content <> '0'")
    async with pool.connection() as conn:
        assert await retention.delete_finished(conn, days=7) == 4
    assert [
        row["content"] for row in look("SELECT content FROM whatsapp_messages ORDER BY id")
    ] == [
        "0",
        "5",
    ]


async def test_what_was_kept_for_training_goes(receive, pool, look):
    await receive(message(phone="91"), message(phone="92"), message(phone="93"))
    look("UPDATE user_profiles SET subscription = 'unsubscribed' WHERE whatsapp_phone = '92'")
    look(
        "INSERT INTO unclear_messages (cause_id, customer_id, text, guess, created_at) "
        "SELECT id, customer_id, from_phone, 'support', now() - CASE from_phone WHEN '93' "
        "THEN interval '9 days' ELSE interval '0' END FROM whatsapp_messages"
    )
    async with pool.connection() as conn:
        assert await retention.delete_unclear(conn, days=7) == 2
        assert look("SELECT text FROM unclear_messages") == [{"text": "91"}]
        # Switched off: nothing stays.
        assert await retention.delete_unclear(conn, days=0) == 1


async def test_expired_conversations_go(receive, pool, look):
    await receive(message(phone="91"), message(phone="92"))
    look(
        "INSERT INTO conversation_state (customer_id, conversation_flow, current_step, expires_at) "
        "SELECT id, 'support', 'issue_selection', now() + CASE whatsapp_phone WHEN '91' "
        "THEN interval '1 minute' ELSE interval '-1 minute' END FROM user_profiles"
    )
    async with pool.connection() as conn:
        assert await retention.delete_expired(conn) == 1
    assert look("SELECT count(*) FROM conversation_state") == [{"count": 1}]
