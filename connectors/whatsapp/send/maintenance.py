"""What is done beside sending, in the sender's process: news of orders, media, tidying up.

A shop at rest costs next to nothing here: the database rings when an order moved or a ticket was
opened (storage/migrations/versions/0017_rings.py), and what is looked at without a ring is looked
at rarely.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from functools import partial

from sqlalchemy.exc import DBAPIError

from connectors.whatsapp.api.graph_client import GraphClient
from connectors.whatsapp.send import alarms, media, notifier
from settings import Settings
from shop import figures
from shop.alerts.account_state import store_account_state
from shop.orders import maintenance as orders
from shop.whatsapp import bodies, notice_templates
from storage import engine
from trays import retention
from trays.pools import Pool
from trays.sender import Sender
from trays.worker import OUTAGES
from whatsapp_account import templates
from whatsapp_account.account import read_account
from whatsapp_account.graph import Graph, GraphTrouble

logger = logging.getLogger(__name__)

# Seconds between looks. Held news waits for its customer to write, which rings for nobody.
NOTICES_EVERY = 5.0
MEDIA_EVERY = 60.0
TIDY_EVERY = 60.0
TRADE_EVERY = 15.0
# Figures are of half hours; what is not added up yet, the pages count themselves.
FIGURES_EVERY = 300.0
# A changed status comes by webhook; this finds new templates.
TEMPLATES_EVERY = 3600.0
TEMPLATES_AGAIN = 60.0
# After a poll that found something; media may not be available yet.
SOON = 1.0
MEDIA_SOON = 5.0


class Rings:
    """What the database rings for, by channel; each of them ends a rest."""

    def __init__(self) -> None:
        self.notices, self.tickets = asyncio.Event(), asyncio.Event()

    @property
    def by_channel(self) -> dict[str, Callable[[], None]]:
        return {"order_notices": self.notices.set, "tickets": self.tickets.set}


async def run_maintenance(
    configured: Settings, connections: Pool, graph: GraphClient, sender: Sender, rings: Rings
) -> None:
    """Runs until it is cancelled; an outage of the database is waited for."""
    template = bodies.notice_template()

    async def news() -> float | None:
        async with connections.connection() as connection:
            seconds = await notifier.next_due(connection)
        if seconds is None or seconds > 0:
            return seconds
        if await in_a_thread(lambda: notifier.notify_customers(template)):
            sender.wake()
        return SOON

    async def files() -> float | None:
        if not await is_there(connections, media.FILES_WAIT):
            return None
        return MEDIA_SOON if await in_a_thread(lambda: media.fetch_media(graph)) else None

    async def numbers() -> float | None:
        added = await in_a_thread(lambda: figures.add_up(engine.session))
        return TIDY_EVERY if added else None

    async def trade() -> None:
        if not await is_there(connections, orders.TRADE_WAITS):
            return
        if await in_a_thread(lambda: maintain_trade() + alarms.raise_alarms(template)):
            sender.wake()

    await asyncio.gather(
        repeat_task(news, NOTICES_EVERY, rings.notices),
        repeat_task(files, MEDIA_EVERY, rings.tickets),
        repeat_task(partial(delete_old, connections, configured), TIDY_EVERY),
        repeat_task(numbers, FIGURES_EVERY, at_once=True),
        repeat_task(trade, TRADE_EVERY),
        repeat_task(partial(look_at_templates, configured), TEMPLATES_EVERY, at_once=True),
    )


async def is_there(connections: Pool, question: bytes) -> bool:
    """The answer to a question of yes or no, on a connection that is open anyway."""
    async with connections.connection() as connection:
        row = await (await connection.execute(question)).fetchone()
    return bool(row and row[0])


async def delete_old(connections: Pool, configured: Settings) -> None:
    """Deletes what has been kept for long enough."""
    async with connections.connection() as connection:
        await retention.delete_expired(connection)
        await retention.delete_finished(connection, configured.keep_messages_days)
        await retention.delete_unclear(connection, days_unclear(configured))


def maintain_trade() -> int:
    """Orders that nobody accepted, and daily stock; how much there was to do."""
    with engine.session() as session:
        return orders.maintain_orders(session)


def days_unclear(configured: Settings) -> float:
    """How long what was not understood is kept: as long as the messages, or not at all."""
    return configured.keep_messages_days if configured.keep_unclear_messages else 0


async def look_at_templates(configured: Settings) -> float | None:
    """Lists them; says when to try again where Meta did not tell."""
    listed = await asyncio.to_thread(list_templates, configured)
    return None if listed else TEMPLATES_AGAIN


def list_templates(configured: Settings) -> bool:
    """Keeps how the templates, the number and the token are at Meta; whether Meta told.

    Without the right to manage the account, or without an answer, what is known stays.
    """
    graph = Graph.configured(configured)
    try:
        account = read_account(graph, configured)
        listed = list(templates.list_templates(graph, account.account_id))
    except GraphTrouble as error:
        logger.warning("templates are not listed: %s", error)
        return False
    with engine.session() as session:
        notice_templates.store_templates(session, listed)
        number = configured.whatsapp_phone_number_id
        quality = account.number.quality if account.number else ""
        store_account_state(session, number, quality, account.token.expires_at)
    engine.engine().dispose()
    return True


async def in_a_thread(act: Callable[[], int]) -> int:
    """How much it found to do; where that was nothing, its connections are closed for now."""
    found = await asyncio.to_thread(act)
    if not found:
        engine.engine().dispose()
    return found


async def repeat_task(
    act: Callable[[], Awaitable[float | None]],
    every: float,
    rung: asyncio.Event | None = None,
    *,
    at_once: bool = False,
) -> None:
    """Acts when it is `rung` for, after as many seconds as it said, and after `every` at most."""
    seconds: float | None = SOON if at_once else None
    while True:
        await rest_or_wake(every if seconds is None else min(every, seconds), rung)
        seconds = None
        try:
            seconds = await act()
        except (*OUTAGES, DBAPIError) as error:
            logger.warning("maintenance failed: %s", type(error).__name__)


async def rest_or_wake(seconds: float, rung: asyncio.Event | None) -> None:
    """So many seconds, or until it is rung."""
    if rung is None:
        await asyncio.sleep(seconds)
        return
    try:
        async with asyncio.timeout(seconds):
            await rung.wait()
        rung.clear()
    except TimeoutError:
        pass
