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
    """Recovers the lanes of all workers; one living worker is enough.

    Args:
        scope: the direction, and the number of ours whose pauses are respected.
        poll: seconds between checks; three times that while all is quiet and `poll_soon` is not
            called.
        longest: seconds after which a held lane is considered forgotten.
        unknown_for: seconds that the message of a dead sender waits for its receipt.
        found: called when there is a message to claim.
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
        self._polls_soon = asyncio.Event()

    def poll_soon(self) -> None:
        """Checks at the short interval again: a message was put into a tray, so a worker may hold
        it."""
        self._polls_soon.set()

    def lose(self, epochs: Sequence[int]) -> None:
        """Notes claims of this worker whose answer was lost or that no task waits for."""
        self._lost |= dict.fromkeys(epochs, time.monotonic())

    async def keep(self) -> None:
        """Runs until it is cancelled, also through database outages."""
        while True:
            is_quiet = False
            try:
                async with self._pool.connection() as conn:
                    is_quiet = await self._look_for_lanes(conn)
            except (psycopg.Error, OSError) as error:
                log.warning("lanes not looked after: %s", type(error).__name__)
            if is_quiet:
                await self._rest()
            await asyncio.sleep(self._poll)

    async def _rest(self) -> None:
        """Waits for some seconds, or until `poll_soon` is called."""
        self._polls_soon.clear()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(QUIET * self._poll):
                await self._polls_soon.wait()

    async def _look_for_lanes(self, conn: Connection) -> bool:
        """Frees and wakes lanes that are due; returns whether no lane is held and no message
        waits."""
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
