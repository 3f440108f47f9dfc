"""Who is who, when WhatsApp tells phone, user id, both, or new ones."""

import asyncio
import random

import pytest

from tests.integration.trays.world import message, text
from trays.messages import Fenced
from trays.turn_end import finish_message, queue_reply
from trays.worker import Worker

pytestmark = pytest.mark.anyio

PHONE, OTHER = "919000000001", "919000000002"


@pytest.fixture
def people(look):
    """Every customer as (phone, user id, messages)."""

    def rows():
        found = look(
            "SELECT whatsapp_phone AS phone, user_id, total_messages FROM user_profiles "
            "ORDER BY created_at, id"
        )
        return [tuple(row.values()) for row in found]

    return rows


async def test_the_user_id_is_added_to_a_known_phone(receive, people):
    await receive(message(phone=PHONE))
    await receive(message(phone=PHONE, user_id="IN.1"))
    await receive(message(phone=None, user_id="IN.1"))
    assert people() == [(PHONE, "IN.1", 3)]


async def test_the_phone_is_added_to_a_known_user_id(receive, people):
    await receive(message(phone=None, user_id="IN.1"))
    await receive(message(phone=PHONE, user_id="IN.1"))
    await receive(message(phone=PHONE))
    assert people() == [(PHONE, "IN.1", 3)]


async def test_one_body_may_tell_them_in_any_order(receive, people):
    await receive(
        message(phone=PHONE),
        message(phone=PHONE, user_id="IN.1"),
        message(phone=None, user_id="IN.1"),
    )
    assert people() == [(PHONE, "IN.1", 3)]


async def test_a_customer_known_twice_becomes_one_with_everything(receive, people, look):
    await receive(message("by phone", phone=PHONE, name="Asha"))
    await receive(message("by user id", phone=None, user_id="IN.1"))
    look("UPDATE user_profiles SET subscription = 'unsubscribed' WHERE whatsapp_phone = %s", PHONE)
    look("INSERT INTO orders (customer_id) SELECT id FROM user_profiles WHERE user_id IS NULL")
    await receive(message("both", phone=PHONE, user_id="IN.1"))
    assert people() == [(PHONE, "IN.1", 3)]
    assert look(
        "SELECT display_name, subscription, count(DISTINCT o.order_id) AS orders, "
        "array_agg(content ORDER BY m.id) AS said FROM user_profiles p "
        "JOIN orders o ON o.customer_id = p.id JOIN whatsapp_messages m ON m.customer_id = p.id "
        "GROUP BY 1, 2"
    ) == [
        {
            "display_name": "Asha",
            "subscription": "unsubscribed",
            "orders": 1,
            "said": ["by phone", "by user id", "both"],
        }
    ]


async def test_a_merge_fences_the_turn_that_is_under_way(receive, pool, sync, look):
    await receive(message("by phone", phone=PHONE))
    async with Worker(pool, "incoming") as worker:
        stale = await worker.next()
        await receive(message("by user id", phone=None, user_id="IN.1"))
        await receive(message("both", phone=PHONE, user_id="IN.1"))
        with pytest.raises(Fenced):
            finish_message(sync, stale, [text("too late")])
        sync.rollback()
        assert not await worker.give_back(stale, "merged")
        said = []
        while claim := await worker.claim():
            finish_message(sync, claim, [])
            sync.commit()
            said.append(claim.content)
    assert said == ["by phone", "by user id", "both"]


async def test_messages_to_either_are_still_sent_after_a_merge(receive, pool, sync, look):
    await receive(message(phone=PHONE), message(phone=None, user_id="IN.1"))
    for row in look("SELECT id FROM user_profiles"):
        queue_reply(sync, row["id"], text("news"))
    sync.commit()
    await receive(message(phone=PHONE, user_id="IN.1"))
    async with Worker(pool, "outgoing") as sender:
        claim = await sender.next()
    assert (claim.phone, claim.user_id) == (PHONE, "IN.1")
    assert look("SELECT count(*), count(DISTINCT customer_id) AS of FROM whatsapp_messages "
                "WHERE status = 'queued'") == [{"count": 2, "of": 1}]  # fmt: skip


async def test_a_number_given_to_somebody_else_takes_nothing_along(receive, people):
    await receive(message(phone=PHONE, user_id="IN.1"))
    await receive(message(phone=PHONE, user_id="IN.2"))
    assert people() == [(None, "IN.1", 1), (PHONE, "IN.2", 1)]
    await receive(message(phone=PHONE))
    assert people()[1] == (PHONE, "IN.2", 2)


async def test_a_customer_with_a_new_number_stays_the_same(receive, people):
    await receive(message(phone=PHONE, user_id="IN.1"))
    await receive(message(phone=PHONE, moved_to_phone=OTHER))
    assert people() == [(OTHER, None, 2)]
    await receive(message(phone=OTHER, user_id="IN.2"))
    assert people() == [(OTHER, "IN.2", 3)]


async def test_a_new_number_that_wrote_already_is_the_same_customer(receive, people):
    await receive(message(phone=PHONE, user_id="IN.1"))
    await receive(message(phone=OTHER, user_id="IN.2"))
    await receive(message(phone=PHONE, moved_to_phone=OTHER, moved_to_user_id="IN.2"))
    assert people() == [(OTHER, "IN.2", 3)]


async def test_a_phone_that_changed_is_kept_up_to_date(receive, people):
    await receive(message(phone=PHONE, user_id="IN.1"))
    await receive(message(phone=OTHER, user_id="IN.1"))
    assert people() == [(OTHER, "IN.1", 2)]


async def test_crossing_identities_lose_no_message(receive, look):
    """Phones and user ids in every combination, all at once."""
    bodies = [
        [message(phone=phone, user_id=user)]
        for phone in (None, "91", "92", "93")
        for user in (None, "IN.1", "IN.2", "IN.3")
        for _ in range(4)
        if phone or user
    ]
    random.shuffle(bodies)
    assert sum(await asyncio.gather(*(receive(*body) for body in bodies))) == len(bodies)
    assert look("SELECT count(*) FROM whatsapp_messages WHERE customer_id IS NOT NULL") == [
        {"count": len(bodies)}
    ]
    assert look("SELECT sum(total_messages) AS all FROM user_profiles") == [{"all": len(bodies)}]
    waiting = "SELECT count(DISTINCT customer_id) AS of FROM whatsapp_messages"
    assert look(waiting) == look("SELECT count(*) AS of FROM lanes WHERE ready_at IS NOT NULL")
