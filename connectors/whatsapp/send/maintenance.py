"""The sender's process's work beside sending: news of orders, media, retention, alarms.

A shop at rest costs little CPU here: the database notifies this process when an order moved or a
ticket was opened (storage/migrations/versions/0017_rings.py), and everything else is polled rarely.
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

# Seconds between looks. Held news waits for its customer to write, which sends no notification.
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


class Notifications:
    """The database's notifications by channel; each of them ends a task's pause."""

    def __init__(self) -> None:
        self.notices, self.tickets = asyncio.Event(), asyncio.Event()

    @property
    def by_channel(self) -> dict[str, Callable[[], None]]:
        return {"order_notices": self.notices.set, "tickets": self.tickets.set}


async def run_maintenance(
    configured: Settings,
    connections: Pool,
    graph: GraphClient,
    sender: Sender,
    events: Notifications,
) -> None:
    """Runs until it is cancelled; waits while the database is away."""
    template = bodies.notice_template()

    async def news() -> float | None:
        async with connections.connection() as connection:
            seconds = await notifier.next_due(connection)
        if seconds is None or seconds > 0:
            return seconds
        if await run_in_thread(lambda: notifier.notify_customers(template)):
            sender.wake()
        return SOON

    async def files() -> float | None:
        if not await is_true(connections, media.FILES_WAIT):
            return None
        return MEDIA_SOON if await run_in_thread(lambda: media.fetch_media(graph)) else None

    async def numbers() -> float | None:
        added = await run_in_thread(lambda: figures.add_up(engine.session))
        return TIDY_EVERY if added else None

    await asyncio.gather(
        repeat_task(news, NOTICES_EVERY, events.notices),
        repeat_task(files, MEDIA_EVERY, events.tickets),
        repeat_task(partial(delete_old, connections, configured), TIDY_EVERY),
        repeat_task(numbers, FIGURES_EVERY, at_once=True),
        repeat_task(partial(look_after_trade, connections, sender, template), TRADE_EVERY),
        repeat_task(partial(refresh_templates, configured), TEMPLATES_EVERY, at_once=True),
    )


async def look_after_trade(
    connections: Pool, sender: Sender, template: bodies.Template | None
) -> None:
    """Settles orders that are due by the clock, and sends the alarm phone's alarms."""
    if not await is_true(connections, orders.TRADE_WAITS):
        return
    if await run_in_thread(lambda: maintain_trade() + alarms.raise_alarms(template)):
        sender.wake()


async def is_true(connections: Pool, question: bytes) -> bool:
    """The boolean result of a query, on a connection that is open anyway."""
    async with connections.connection() as connection:
        row = await (await connection.execute(question)).fetchone()
    return bool(row and row[0])


async def delete_old(connections: Pool, configured: Settings) -> None:
    """Deletes the data whose retention has ended."""
    async with connections.connection() as connection:
        await retention.delete_expired(connection)
        await retention.delete_finished(connection, configured.keep_messages_days)
        await retention.delete_unclear(connection, days_unclear(configured))


def maintain_trade() -> int:
    """Handles orders that nobody accepted, and daily stock; returns how much there was to do."""
    with engine.session() as session:
        return orders.maintain_orders(session)


def days_unclear(configured: Settings) -> float:
    """The days for which unclear messages are kept: those of all messages, or 0."""
    return configured.keep_messages_days if configured.keep_unclear_messages else 0


async def refresh_templates(configured: Settings) -> float | None:
    """Reads templates, number and token from Meta; without an answer returns when to try again."""
    listed = await asyncio.to_thread(refresh_account_state, configured)
    return None if listed else TEMPLATES_AGAIN


def refresh_account_state(configured: Settings) -> bool:
    """Stores the state of templates, number and token at Meta; returns whether Meta answered.

    Without an answer, or without the right to manage the account, the stored state stays.
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


async def run_in_thread(act: Callable[[], int]) -> int:
    """Runs a task in a thread and returns how much it did; after nothing its connections are
    closed."""
    found = await asyncio.to_thread(act)
    if not found:
        engine.engine().dispose()
    return found


async def repeat_task(
    act: Callable[[], Awaitable[float | None]],
    every: float,
    event: asyncio.Event | None = None,
    *,
    at_once: bool = False,
) -> None:
    """Repeats the task when it is notified, after the seconds that it returned, after `every` at
    most."""
    seconds: float | None = SOON if at_once else None
    while True:
        await wait_or_wake(every if seconds is None else min(every, seconds), event)
        seconds = None
        try:
            seconds = await act()
        except (*OUTAGES, DBAPIError) as error:
            logger.warning("maintenance failed: %s", type(error).__name__)


async def wait_or_wake(seconds: float, event: asyncio.Event | None) -> None:
    """Waits for some seconds, or until a notification comes."""
    if event is None:
        await asyncio.sleep(seconds)
        return
    try:
        async with asyncio.timeout(seconds):
            await event.wait()
        event.clear()
    except TimeoutError:
        pass
