"""Notifies the workers of all processes after a message for them was committed."""

import asyncio
import logging
from typing import Any

import psycopg

from trays.lanes import notify_channel
from trays.messages import Direction
from trays.pools import Pool
from trays.queries import query

log = logging.getLogger(__name__)

# Notifications within this time after one are combined. It doubles while they keep coming: the
# workers are busy then, and look for the next message without being woken.
PAUSE, LONGEST_PAUSE = 0.005, 0.04


class Waker:
    """Notifies the workers of one direction; never waits, never fails.

    NOTIFY locks the whole cluster until its commit is on disk; inside the accepting transaction
    that makes accepting six times slower. So it runs in a transaction of its own that does not wait
    for the disk. Calls during a notification share the next one. If a notification is lost, the
    workers look by themselves within three seconds.
    """

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self._wanted: set[Direction] = set()
        self._ringing: asyncio.Task[None] | None = None

    def wake(self, direction: Direction) -> None:
        """Wakes the workers after a message was put into this tray; call after the commit."""
        self._wanted.add(direction)
        if self._ringing is None or self._ringing.done():
            self._ringing = asyncio.get_running_loop().create_task(self._ring())

    async def _ring(self) -> None:
        pause = PAUSE
        try:
            while self._wanted:
                wanted, self._wanted = self._wanted, set()
                channels = [notify_channel(direction) for direction in wanted]
                async with self._pool.connection() as conn:
                    await conn.execute(query("notify_workers"), {"channels": channels})
                await asyncio.sleep(pause)
                pause = min(2 * pause, LONGEST_PAUSE)
        except (psycopg.Error, OSError) as error:
            log.info("workers not woken: %s", type(error).__name__)


def wake_workers(conn: psycopg.Connection[Any], direction: Direction) -> None:
    """Notifies workers for synchronous callers, on a connection without an open transaction."""
    with conn.transaction():
        conn.execute(query("notify_workers"), {"channels": [notify_channel(direction)]})
