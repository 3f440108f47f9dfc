"""From the webhook to the reply: accept, claim, finish, send."""

import pytest

from tests.integration.trays.world import message, text
from trays.inbox import finish
from trays.messages import Fenced
from trays.sender import Sender
from trays.worker import Worker

pytestmark = pytest.mark.anyio


async def test_a_message_is_answered(pool, receive, sync, look):
    assert await receive(message("hi", name="Asha")) == 1
    async with Worker(pool, "incoming") as worker, Sender(pool, "1") as sender:
        claim = await worker.next()
        assert (claim.content, claim.phone, claim.tries) == ("hi", "919000000001", 0)
        finish(sync, claim, [text("hello")])
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
