"""Recovers lanes that are held by dead workers, or whose claim was lost."""

import asyncio
import contextlib
import logging
import time
from collections.abc import Callable, Sequence

import psycopg

from trays import lanes
from trays.pools import Connection, Pool
from trays.queries import query
from trays.worker_lock import WORKERS, WorkerLock

log = logging.getLogger(__name__)

# A statement whose answer was lost may still be executed within this time.
AFTERMATH = 10.0
REMEMBER_EVERY = 10.0
# While nothing is held and nothing waits, so many seconds for one pass before the next look: only
# what nobody notified of would be late.
QUIET = 2.0


class LaneRecovery:
    """Every worker recovers the lanes of all workers: one living worker is enough.

    Args:
        scope: the direction, and the number of ours whose pauses are respected.
        poll: seconds between looks; while all is quiet, and nobody says `hasten`, three times that.
        longest: seconds after which a held lane is considered forgotten.
        unknown_for: seconds that the message of a dead sender waits for its receipt.
        found: called when there is something to take.
    """

    def __init__(
        self,
        pool: Pool,
        worker_lock: WorkerLock,
        scope: dict[str, str | None],
        *,
        poll: float,
        longest: float,
        unknown_for: float,
        found: Callable[[], None],
    ) -> None:
        self._pool = pool
        self._worker_lock = worker_lock
        self._poll = poll
        self._longest = longest
        self._unknown_for = unknown_for
        self._scope = scope
        self._found = found
        self._lost: dict[int, float] = {}
        self._remember_at = 0.0
        self._hastened = asyncio.Event()

    def hasten(self) -> None:
        """Something was put into a tray, so somebody may take it and die."""
        self._hastened.set()

    def lose(self, epochs: Sequence[int]) -> None:
        """Notes claims of ours whose answer was lost or that nobody waits for."""
        self._lost |= dict.fromkeys(epochs, time.monotonic())

    async def keep(self) -> None:
        """Runs until it is cancelled, also through database outages."""
        while True:
            is_quiet = False
            try:
                async with self._pool.connection() as conn:
                    is_quiet = await self._look(conn)
            except (psycopg.Error, OSError) as error:
                log.warning("lanes not looked after: %s", type(error).__name__)
            if is_quiet:
                await self._rest()
            await asyncio.sleep(self._poll)

    async def _rest(self) -> None:
        """Until somebody says `hasten`, or for some seconds."""
        self._hastened.clear()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(QUIET * self._poll):
                await self._hastened.wait()

    async def _look(self, conn: Connection) -> bool:
        """Frees and wakes where that is due; whether nothing is held and nothing waits."""
        row = await (await conn.execute(query("look"), self._scope)).fetchone()
        seconds, are_held = row or (None, False)
        is_quiet = seconds is None and not are_held and not self._lost
        freed = await self._free(conn, are_held)
        if freed or (seconds is not None and seconds <= 0):
            self._found()
        return is_quiet and not freed

    async def _free(self, conn: Connection, are_held: bool) -> int:
        await self._put_down_lost(conn)
        dead = forgotten = 0
        if are_held:
            dead = await lanes.reap_lanes(
                conn, WORKERS, unknown_for=self._unknown_for, longest=self._longest
            )
        if time.monotonic() >= self._remember_at:
            forgotten = await lanes.restore_lanes(conn)
            self._remember_at = time.monotonic() + REMEMBER_EVERY
        if dead or forgotten:
            log.warning("freed %d lanes of dead workers, %d forgotten ones", dead, forgotten)
        return dead + forgotten

    async def _put_down_lost(self, conn: Connection) -> None:
        worker, now = self._worker_lock.worker, time.monotonic()
        if self._lost and worker is not None:
            await lanes.put_down(conn, worker, list(self._lost))
        self._lost = {
            epoch: since for epoch, since in self._lost.items() if now - since < AFTERMATH
        }
