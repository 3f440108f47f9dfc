"""Webhook bodies on their way in: once each, in order, for the right customer."""

import asyncio
import random
from datetime import UTC, datetime, timedelta

import psycopg
import pytest

from tests.integration.trays.world import message, receipt
from trays.accept import accept_messages

pytestmark = pytest.mark.anyio

ASHA, RAVI = "919000000001", "919000000002"


async def test_a_new_customer_is_known_from_the_first_message(receive, look):
    at = datetime.now(UTC) - timedelta(minutes=3)
    await receive(message(phone=ASHA, user_id="IN.1", name="Asha", timestamp=at))
    assert look(
        "SELECT whatsapp_phone, user_id, display_name, total_messages, last_interaction "
        "FROM user_profiles"
    ) == [
        {
            "whatsapp_phone": ASHA,
            "user_id": "IN.1",
            "display_name": "Asha",
            "total_messages": 1,
            "last_interaction": at,
        }
    ]


async def test_a_name_follows_whatsapp_until_people_set_another(receive, look):
    name = "SELECT display_name FROM user_profiles"
    await receive(message(phone=ASHA, name="asha_92"))
    await receive(message(phone=ASHA, name="Asha"))
    assert look(name) == [{"display_name": "Asha"}]
    look("UPDATE user_profiles SET display_name = 'Mrs Asha Rao'")
    await receive(message(phone=ASHA, name="asha_93"))
    await receive(message(phone=ASHA))
    assert look(name) == [{"display_name": "Mrs Asha Rao"}]
    look("UPDATE user_profiles SET display_name = NULL")
    await receive(message(phone=ASHA, name="Asha"))
    assert look(name) == [{"display_name": "Asha"}]


async def test_a_name_that_was_there_before_the_first_message_is_kept(receive, look):
    look(f"INSERT INTO user_profiles (whatsapp_phone, display_name) VALUES ('{ASHA}', 'Mrs Rao')")
    await receive(message(phone=ASHA, name="asha_92"))
    assert look("SELECT display_name FROM user_profiles") == [{"display_name": "Mrs Rao"}]


async def test_a_body_of_several_customers_keeps_each_ones_order(receive, look):
    body = [message(f"{n}", phone=ASHA if n % 2 else RAVI) for n in range(10)]
    assert await receive(*body) == 10
    rows = look("SELECT content FROM whatsapp_messages ORDER BY id")
    assert [row["content"] for row in rows] == [f"{n}" for n in range(10)]
    assert look("SELECT total_messages FROM user_profiles") == [{"total_messages": 5}] * 2


async def test_a_message_counts_once_however_often_it_comes(receive, look):
    first = message(message_id="wamid.same")
    assert await receive(first, first, message(message_id="wamid.same", name="Mallory")) == 1
    assert await receive(first) == 0
    assert look("SELECT total_messages, display_name FROM user_profiles") == [
        {"total_messages": 1, "display_name": None}
    ]
    assert look("SELECT count(*) FROM whatsapp_messages") == [{"count": 1}]


async def test_duplicates_that_come_together_count_once(receive, look):
    bodies = [[message(f"{n}", message_id=f"w.{n}") for n in range(i, i + 5)] for i in range(20)]
    random.shuffle(bodies := bodies * 2)
    assert sum(await asyncio.gather(*(receive(*body) for body in bodies))) == 24
    assert look("SELECT total_messages FROM user_profiles") == [{"total_messages": 24}]


async def test_ids_appear_in_order_for_each_customer_while_bodies_cross(receive, look):
    """Commit order is id order: whoever sees a message has seen all with lower ids."""

    async def write(seed):
        chance = random.Random(seed)
        for n in range(15):
            phones = chance.sample(["91", "92", "93", "94"], 3)
            await receive(*(message(f"{seed}.{n}", phone=phone) for phone in phones))

    writers = asyncio.gather(*(write(seed) for seed in range(6)))
    seen: dict[str, set[int]] = {}
    while not writers.done():
        for row in look(
            "SELECT from_phone, array_agg(id) AS ids FROM whatsapp_messages GROUP BY 1"
        ):
            before, now = seen.get(row["from_phone"], set()), set(row["ids"])
            assert not before or min(now - before, default=10**9) > max(before)
            seen[row["from_phone"]] = now
        await asyncio.sleep(0.001)
    await writers
    assert look("SELECT count(*) FROM whatsapp_messages") == [{"count": 6 * 15 * 3}]


async def test_new_customers_in_crossing_bodies_do_not_block_each_other(receive, look):
    phones = [f"91{n}" for n in range(40)]
    bodies = [[message(phone=phone) for phone in random.sample(phones, 20)] for _ in range(20)]
    assert sum(await asyncio.gather(*(receive(*body) for body in bodies))) == 400
    assert look("SELECT count(*) AS messages, count(customer_id) AS theirs FROM whatsapp_messages")[
        0
    ] == {"messages": 400, "theirs": 400}


async def test_a_message_from_nobody_is_kept_but_waits_for_nobody(receive, look):
    assert await receive(message(phone=None)) == 1
    assert look("SELECT customer_id FROM whatsapp_messages") == [{"customer_id": None}]
    assert look("SELECT * FROM lanes") == []


@pytest.mark.parametrize(
    "odd",
    [
        message("a\0b", name="\0"),
        message("lone \ud83d surrogate"),
        message(message_id=""),
        message(message_id="x" * 5000),
        message(user_id="IN." + "9" * 9000),
        message(phone="\0"),
    ],
    ids=["NUL", "surrogate", "no id", "long id", "long user id", "NUL for a phone"],
)
async def test_an_odd_message_holds_nothing_up(receive, look, odd):
    assert await receive(message("before"), odd, message("after")) == 3
    assert await receive(odd) == 0


async def test_odd_payloads_are_kept_as_far_as_possible(receive, look):
    payload = {"n": float("nan"), "\0": ["\0", {"deep": "\udc00"}], "big": 10**400}
    odd = message("x")._replace(payload=payload, media_size=2**70)
    assert await receive(odd) == 1
    assert look("SELECT payload -> 'n' AS n, media_size FROM whatsapp_messages") == [
        {"n": None, "media_size": None}
    ]


async def test_receipts_for_messages_that_nobody_knows_are_harmless(receive):
    assert (
        await receive(receipts=[receipt("wamid.x", "read", callback_data="tray-99999999999")]) == 0
    )


async def test_a_connection_that_is_not_autocommit_will_do(database_url, look):
    async with await psycopg.AsyncConnection.connect(database_url) as conn:
        assert await accept_messages(conn, [message()]) == 1
        assert look("SELECT count(*) FROM whatsapp_messages") == [{"count": 1}]
