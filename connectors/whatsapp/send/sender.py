"""The process that sends the messages of the out tray: `python -m connectors.whatsapp.send.sender`.

Each customer's messages are sent in order. WhatsApp's answer decides what happens next
(connectors/whatsapp/api/errors.py).
"""

import asyncio
import logging
import signal
from collections.abc import Awaitable, Callable
from functools import partial

import settings
from connectors.whatsapp import metrics
from connectors.whatsapp.api import errors
from connectors.whatsapp.api.answers import Endpoint
from connectors.whatsapp.api.graph_client import GraphClient
from connectors.whatsapp.messages import plain_text
from connectors.whatsapp.send import maintenance
from connectors.whatsapp.send.messenger import Messenger
from connectors.whatsapp.send.pictures import PictureMessenger
from settings import crash_points, heartbeat
from shop.language.own_words import use_own_words
from storage import engine
from trays.messages import Claim
from trays.pools import pool
from trays.sender import Sender

logger = logging.getLogger(__name__)

# Requests under way at once; one customer never has two. So many customers may be slow to reach
# before others wait: a request takes the Graph 20 s at most, and holds a connection meanwhile.
AT_ONCE = 500


async def run_sender(sender: Sender, deliver: Callable[[Claim], Awaitable[None]]) -> None:
    """Delivers messages until the sender is stopped; open requests are finished."""
    under_way: set[asyncio.Task[None]] = set()
    while claims := await sender.take(AT_ONCE - len(under_way)):
        for claim in claims:
            task = asyncio.create_task(handle_claim(sender, deliver, claim))
            under_way.add(task)
            task.add_done_callback(under_way.discard)
        if len(under_way) >= AT_ONCE:
            await asyncio.wait(under_way, return_when=asyncio.FIRST_COMPLETED)
    await asyncio.gather(*under_way)


async def handle_claim(
    sender: Sender, deliver: Callable[[Claim], Awaitable[None]], claim: Claim
) -> None:
    """Delivers a message; never fails."""
    try:
        await deliver(claim)
    except Exception as error:
        # A bug: give the message back so that its customer is not blocked.
        logger.error("message %s: %s", claim.row, type(error).__name__)
        await sender.unknown(claim, type(error).__name__)


async def deliver_message(sender: Sender, messenger: Messenger, claim: Claim) -> None:
    """Sends one message and stores the result."""
    crash_points.reach_crash_point("before-send")
    try:
        message_id = await send_message(messenger, claim)
    except errors.SendError as error:
        logger.warning("message %s: %s", claim.row, error)
        metrics.SENDS.labels(type(error).__name__).inc()
        await store_failure(sender, claim, error)
    else:
        crash_points.reach_crash_point("after-send")
        metrics.SENDS.labels("sent").inc()
        await sender.sent(claim, message_id)


async def send_message(messenger: Messenger, claim: Claim) -> str:
    """Sends a message; as plain text if WhatsApp refuses its form.

    Raises:
        SendError: as `Messenger.send`.
    """
    try:
        return await messenger.send(claim.phone, claim.user_id, claim.payload, claim.callback_data)
    except errors.Final as refused:
        words = (
            plain_text.as_text(claim.payload)
            if refused.code in plain_text.REFUSES_THE_FORM
            else None
        )
        if words is None:
            raise
        logger.error("message %s goes as plain text: %s", claim.row, refused)
        return await messenger.send(claim.phone, claim.user_id, words, claim.callback_data)


async def store_failure(sender: Sender, claim: Claim, error: errors.SendError) -> None:
    """Records a failed or uncertain send, by the kind of its error."""
    reason = str(error)
    match error:
        case errors.OutcomeUnknown():
            await sender.unknown(claim, reason)
        case errors.ThrottledPair():
            await sender.crowded(claim, reason)
        case errors.ThrottledNumber(after=after):
            await sender.throttled(claim, reason, after)
        case errors.NumberStopped(pause=pause):
            await sender.stopped(claim, reason, pause)
        case errors.Retry(after=after, most_tries=most) if may_retry(claim, most):
            await sender.give_back(claim, reason, delay=after)
        case _:
            await sender.failed(claim, reason)


def may_retry(claim: Claim, most_tries: int | None) -> bool:
    """Whether another try is allowed after the one that just failed."""
    return most_tries is None or claim.attempts + 1 < most_tries


async def main() -> None:
    """Sends until SIGTERM."""
    configured = settings.load_settings()
    use_own_words(engine.engine())
    graph = GraphClient.configured(configured)
    messenger = PictureMessenger(Endpoint.configured(configured), graph, most_connections=AT_ONCE)
    events = maintenance.Notifications()
    async with (
        pool(engine.database_url()) as connections,
        Sender(
            connections,
            configured.whatsapp_phone_number_id,
            per_second=configured.messages_per_second,
            calls=events.by_channel,
        ) as sender,
    ):
        for number in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(number, sender.stop)
        beside = asyncio.create_task(
            maintenance.run_maintenance(configured, connections, graph, sender, events)
        )
        beating = asyncio.create_task(
            heartbeat.keep_beating(lambda: sender.is_working and not beside.done())
        )
        await run_sender(sender, partial(deliver_message, sender, messenger))
        beating.cancel()
        beside.cancel()
        await messenger.close()


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    asyncio.run(main())
