"""What WhatsApp took and then reported as failed: sent once more where that may help."""

import asyncio

import pytest

from tests.integration.trays.world import message, receipt, text
from trays.sender import Sender
from trays.turn_end import queue_reply

pytestmark = pytest.mark.anyio

STATE = (
    "SELECT status, message_id, attempts, failed_at IS NOT NULL AS failed, failure_reason "
    "FROM whatsapp_messages WHERE direction = 'outgoing' ORDER BY id"
)
UNKNOWN = {"code": 131000, "title": "Something went wrong"}


@pytest.fixture
async def sender(pool):
    async with Sender(pool, "1", poll=0.1, unknown_for=0.4) as worker:
        yield worker


@pytest.fixture
def queue(receive, sync, look):
    async def put(*bodies):
        await receive(message(phone="91"))
        (customer,) = look("SELECT id FROM user_profiles")
        for body in bodies:
            queue_reply(sync, customer["id"], text(body))
        sync.commit()

    return put


@pytest.fixture
def at_once(look):
    """Lets the customer's next message go without waiting for it."""
    return lambda: look("UPDATE lanes SET ready_at = now(), not_before = now() - interval '1 day'")


async def taken(sender):
    return await asyncio.wait_for(sender.next(), 60)


@pytest.mark.parametrize("code", [131056, 130429, 131000, 131016, 131053, "131000"])
async def test_it_is_sent_again_before_what_waits(queue, sender, receive, look, at_once, *, code):
    await queue("a", "b")
    first = await taken(sender)
    await sender.sent(first, "w.1")
    second = await taken(sender)
    await sender.unknown(second, "timeout")
    [before] = look("SELECT clock_timestamp() AS at")
    await receive(receipts=[receipt("w.1", "failed", error={"code": code})])
    assert look(STATE)[0]["status"] == "queued"
    [lane] = look(
        "SELECT ready_at >= %s + interval '0.5 s' AS later FROM lanes WHERE direction = 'outgoing'",
        before["at"],
    )
    assert lane["later"]
    at_once()
    again = await taken(sender)
    assert again.row == first.row
    await sender.sent(again, "w.2")
    assert look(STATE)[0] == {
        "status": "sent",
        "message_id": "w.2",
        "attempts": 1,
        "failed": False,
        "failure_reason": None,
    }


async def test_what_would_be_in_vain_stays_failed(queue, sender, receive, look):
    await queue("a")
    await sender.sent(await taken(sender), "w.1")
    await receive(receipts=[receipt("w.1", "failed", error={"code": 131026})])
    assert look(STATE)[0]["status"] == "failed"


async def test_three_times_in_all_and_no_oftener(queue, sender, receive, look, at_once):
    await queue("a")
    for n in range(3):
        await sender.sent(await taken(sender), f"w.{n}")
        await receive(receipts=[receipt(f"w.{n}", "failed", n, error=UNKNOWN)])
        at_once()
    assert [row["status"] for row in look(STATE)] == ["failed"]
    assert await sender.claim() is None


async def test_the_same_news_twice_sends_it_once_more(queue, sender, receive, look, at_once):
    await queue("a")
    claim = await taken(sender)
    await sender.sent(claim, "w.1")
    news = receipt("w.1", "failed", 1, claim.callback_data, UNKNOWN)
    await receive(receipts=[news, news])
    await receive(receipts=[news])
    assert look(STATE)[0]["attempts"] == 1
    at_once()
    again = await taken(sender)
    await sender.sent(again, "w.2")
    await receive(receipts=[news, receipt("w.2", "delivered", 3, claim.callback_data)])
    await receive(receipts=[news])
    state = look(STATE)[0]
    assert (state["status"], state["message_id"], state["failed"]) == ("delivered", "w.2", False)
    assert await sender.claim() is None


async def test_the_news_may_be_faster_than_the_answer(queue, sender, receive, look, at_once):
    await queue("a", "b")
    claim = await taken(sender)
    await receive(receipts=[receipt("w.1", "failed", 1, claim.callback_data, UNKNOWN)])
    assert await sender.sent(claim, "w.1")
    assert look(STATE)[0]["status"] == "queued"
    at_once()
    again = await taken(sender)
    assert again.row == claim.row
    await sender.sent(again, "w.2")
    assert look(STATE)[0]["status"] == "sent"
    assert (await taken(sender)).content == "b"


async def test_what_arrived_after_all_is_not_sent_again(queue, sender, receive, look, at_once):
    await queue("a")
    await sender.sent(await taken(sender), "w.1")
    await receive(receipts=[receipt("w.1", "failed", 1, error=UNKNOWN)])
    await receive(receipts=[receipt("w.1", "delivered", 2)])
    at_once()
    assert await sender.claim() is None
    assert look(STATE)[0]["status"] == "delivered"


async def test_its_next_sending_may_be_known_by_the_receipt_alone(
    queue, sender, receive, look, at_once
):
    await queue("a")
    claim = await taken(sender)
    await sender.sent(claim, "w.1")
    await receive(receipts=[receipt("w.1", "failed", 1, claim.callback_data, UNKNOWN)])
    at_once()
    await sender.unknown(await taken(sender), "timeout")
    await receive(receipts=[receipt("w.2", "sent", 3, claim.callback_data)])
    state = look(STATE)[0]
    assert (state["status"], state["message_id"], state["failed"]) == ("sent", "w.2", False)
    assert await sender.claim() is None


async def test_yesterdays_answer_is_not_sent_today(queue, sender, receive, look):
    await queue("a")
    await sender.sent(await taken(sender), "w.1")
    look("UPDATE whatsapp_messages SET created_at = now() - interval '25 hours'")
    await receive(receipts=[receipt("w.1", "failed", 1, error=UNKNOWN)])
    assert look(STATE)[0]["status"] == "failed"
