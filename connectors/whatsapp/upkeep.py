"""What is done beside sending, in the sender's process: news of orders, media, tidying up."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

from sqlalchemy.exc import DBAPIError

from connectors.whatsapp import media, notifier
from connectors.whatsapp.graph import GraphClient
from settings import Settings
from shop import bodies, figures
from storage import engine
from trays import tidy
from trays.pools import Pool
from trays.sender import Sender
from trays.worker import OUTAGES

logger = logging.getLogger(__name__)

NOTICES_EVERY = 1.0  # seconds
MEDIA_EVERY = 5.0
TIDY_EVERY = 60.0


async def run(configured: Settings, connections: Pool, graph: GraphClient, sender: Sender) -> None:
    """Runs until it is cancelled; an outage of the database is waited for."""
    template = bodies.notice_template()

    async def news() -> None:
        if await asyncio.to_thread(notifier.notify, template):
            sender.wake()

    async def files() -> None:
        await asyncio.to_thread(media.fetch, graph)

    async def tidiness() -> None:
        async with connections.connection() as connection:
            await tidy.sweep(connection)
            await tidy.prune(connection, configured.keep_messages_days)
            await tidy.forget(connection, days_unclear(configured))

    async def numbers() -> None:
        await asyncio.to_thread(figures.add_up, engine.session)

    await asyncio.gather(
        again_and_again(news, NOTICES_EVERY),
        again_and_again(files, MEDIA_EVERY),
        again_and_again(tidiness, TIDY_EVERY),
        again_and_again(numbers, TIDY_EVERY),
    )


def days_unclear(configured: Settings) -> float:
    """How long what was not understood is kept: as long as the messages, or not at all."""
    return configured.keep_messages_days if configured.keep_unclear_messages else 0


async def again_and_again(act: Callable[[], Awaitable[None]], every: float) -> None:
    while True:
        await asyncio.sleep(every)
        try:
            await act()
        except (*OUTAGES, DBAPIError) as error:
            logger.warning("upkeep failed: %s", type(error).__name__)
