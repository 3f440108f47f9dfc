"""Lanes that nobody works on although somebody holds them, or nobody knows of them."""

import asyncio
import logging
import time
from collections.abc import Callable

import psycopg

from trays import lanes
from trays.pools import Connection, Pool
from trays.presence import WORKERS, Presence

log = logging.getLogger(__name__)

# A statement whose answer was lost may still be carried out for so long.
AFTERMATH = 10.0
REMEMBER_EVERY = 10.0


class Upkeep:
    """Every worker sees to the lanes of all: the last one alive is enough.

    Args:
        poll: seconds between looks.
        longest: seconds after which a lane in hand is taken for forgotten.
        unknown_for: seconds that the message of a dead sender waits for its receipt.
        freed: called when there is something to take again.
    """

    def __init__(
        self,
        pool: Pool,
        presence: Presence,
        *,
        poll: float,
        longest: float,
        unknown_for: float,
        freed: Callable[[], None],
    ) -> None:
        self._pool = pool
        self._presence = presence
        self._poll = poll
        self._longest = longest
        self._unknown_for = unknown_for
        self._freed = freed
        self._lost: dict[int, float] = {}
        self._remember_at = 0.0

    def lose(self, epoch: int) -> None:
        """A claim of ours went out and its answer never came: its lane may be held for nothing."""
        self._lost[epoch] = time.monotonic()

    async def keep(self) -> None:
        """Runs until it is cancelled, whatever the database does."""
        while True:
            try:
                async with self._pool.connection() as conn:
                    if await self._free(conn):
                        self._freed()
            except (psycopg.Error, OSError) as error:
                log.warning("lanes not looked after: %s", type(error).__name__)
            await asyncio.sleep(self._poll)

    async def _free(self, conn: Connection) -> int:
        await self._put_down_lost(conn)
        dead = await lanes.reap(conn, WORKERS, unknown_for=self._unknown_for, longest=self._longest)
        forgotten = 0
        if time.monotonic() >= self._remember_at:
            forgotten = await lanes.remember(conn)
            self._remember_at = time.monotonic() + REMEMBER_EVERY
        if dead or forgotten:
            log.warning("freed %d lanes of dead workers, %d forgotten ones", dead, forgotten)
        return dead + forgotten

    async def _put_down_lost(self, conn: Connection) -> None:
        worker, now = self._presence.worker, time.monotonic()
        if self._lost and worker is not None:
            await lanes.put_down(conn, worker, list(self._lost))
        self._lost = {
            epoch: since for epoch, since in self._lost.items() if now - since < AFTERMATH
        }
