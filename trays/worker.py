"""Takes messages out of a tray: one of a customer at a time, many customers at once."""

import asyncio
import logging
import math
from collections.abc import Awaitable, Callable
from types import TracebackType
from typing import Self, TypeVar

import psycopg
from psycopg.rows import class_row

from trays import lanes
from trays.messages import Claim, Direction
from trays.pools import Connection, Pool, one_trip
from trays.presence import Presence
from trays.queries import query
from trays.rate import Rate
from trays.retry import OUTAGE, TURNS, Retry
from trays.upkeep import Upkeep

log = logging.getLogger(__name__)

Result = TypeVar("Result")

# Trouble with the database that passes; anything else is a mistake of ours and must be seen.
OUTAGES = (psycopg.OperationalError, psycopg.InterfaceError, OSError)


class Worker:
    """One direction's worker in this process, for any number of concurrent runners.

    Used as `async with Worker(...) as worker`, each runner then calls `next` until it is None.
    It lives through outages of the database; others take over what it had if it dies.

    Args:
        pool: connections for short statements; not kept while a message is in hand.
        number: our number (phone_number_id), whose pauses are respected.
        rate: how fast messages may be taken; None: at once.
        retry: when a message that is given back may be taken again.
        poll: seconds between looks when nobody rings, and between looks for dead workers.
        longest: seconds after which a lane in hand is taken for forgotten.
        unknown_for: seconds that the message of a dead sender waits for its receipt.
    """

    def __init__(
        self,
        pool: Pool,
        direction: Direction,
        *,
        number: str | None = None,
        rate: Rate | None = None,
        retry: Retry = TURNS,
        poll: float = 1.0,
        longest: float = 600.0,
        unknown_for: float = 30.0,
    ) -> None:
        self._pool = pool
        self._scope = {"direction": direction, "number": number}
        self._rate = rate or Rate(math.inf)
        self._retry = retry
        self._poll = poll
        self._presence = Presence(str(pool.conninfo), direction, self.wake)
        self._upkeep = Upkeep(
            pool,
            self._presence,
            poll=poll,
            longest=longest,
            unknown_for=unknown_for,
            freed=self.wake,
        )
        self._claims = 0
        self._stopping = False
        self._woken = asyncio.Event()
        self._turnstile = asyncio.Lock()
        self._tasks: list[asyncio.Task[None]] = []

    async def __aenter__(self) -> Self:
        self._tasks = [
            asyncio.create_task(self._presence.keep()),
            asyncio.create_task(self._upkeep.keep()),
        ]
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()
        # More than once: in Python 3.11 wait_for, in the pool, can swallow a cancellation
        # (https://github.com/python/cpython/issues/86296).
        unfinished = set(self._tasks)
        while unfinished:
            for task in unfinished:
                task.cancel()
            _, unfinished = await asyncio.wait(unfinished, timeout=0.2)

    @property
    def alive(self) -> bool:
        """Whether the database knows this worker at the moment."""
        return self._presence.worker is not None

    def wake(self) -> None:
        """Something may be there: look now. `Bell` does the same across processes."""
        self._woken.set()

    def stop(self) -> None:
        """No more messages: `next` answers None. What is in hand stays in hand until it is done."""
        self._stopping = True
        self.wake()

    async def next(self) -> Claim | None:
        """Waits for a message and takes it; None once `stop` was called.

        As long as there is something, runners take it side by side. Once there is nothing they
        queue up, and only the first of them asks the database from time to time.
        """
        self.wake()  # whoever comes back has just finished something: more may be ready
        claim, _ = await self._try()
        if claim:
            return claim
        async with self._turnstile:
            while not self._stopping:
                self._woken.clear()
                claim, seconds = await self._try()
                if claim:
                    return claim
                await self._sleep(seconds)
        return None

    async def claim(self) -> Claim | None:
        """Takes the first message of the customer who has waited longest; None if nobody waits."""
        worker = self._presence.worker
        if worker is None:
            return None
        self._claims += 1
        # Worker numbers are never used twice, so no two claims ever have the same epoch.
        epoch, known = (worker << 32) + self._claims, False
        hold = {"worker": worker, "epoch": epoch}
        try:
            async with self._pool.connection() as conn:
                async with one_trip(conn):
                    taken = await conn.execute(query("take_lane"), self._scope | hold)
                    cursor = conn.cursor(row_factory=class_row(Claim))
                    await cursor.execute(query("first_message"), hold)
                claim = await cursor.fetchone()
                if claim is None and taken.rowcount:
                    await lanes.put_down(conn, worker, [epoch])
                known = True
                return claim
        finally:
            # The answer never came, or nobody waits for it any more.
            if not known:
                self._upkeep.lose(epoch)

    async def give_back(
        self, claim: Claim, reason: str, *, outage: bool = False, delay: float | None = None
    ) -> bool:
        """Returns a message to be tried again after a growing while, before the customer's next.

        With `outage` the try does not count against the message. `reason` is for staff and must
        hold no message text. Waits for the database for as long as that is away.

        Returns:
            False when another worker had the lane already.
        """
        if delay is None:
            delay = (OUTAGE if outage else self._retry).delay(claim.tries)
        seconds = delay
        return await self.surely(
            lambda conn: lanes.give_back(conn, claim, reason, seconds, excused=outage)
        )

    async def surely(self, act: Callable[[Connection], Awaitable[Result]]) -> Result:
        """What `act` returns, in a transaction, tried again until the database has taken it."""
        delay = 0.1
        while True:
            try:
                async with self._pool.connection() as conn:
                    return await act(conn)
            except OUTAGES as error:
                if self._pool.closed:
                    raise
                self._complain("storing", error)
            await asyncio.sleep(delay)
            delay = min(delay * 2, 2.0)

    async def _try(self) -> tuple[Claim | None, float]:
        """A message, or for how long to wait for one; never fails for want of the database."""
        if self._stopping:
            return None, 0.0
        try:
            await self._rate.admit()
            if claim := await self.claim():
                return claim, 0.0
            self._rate.refund()
            return None, await self._seconds_to_wait()
        except OUTAGES as error:
            self._complain("claiming", error)
            return None, self._poll

    async def _seconds_to_wait(self) -> float:
        """Until the next retry or pause ends, as far as we know; at most until the next look."""
        async with self._pool.connection() as conn:
            row = await (await conn.execute(query("next_due"), self._scope)).fetchone()
        due = row[0] if row else None
        return self._poll if due is None else max(0.01, min(due, self._poll))

    async def _sleep(self, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                await self._woken.wait()
        except TimeoutError:
            pass

    def _complain(self, what: str, error: BaseException) -> None:
        log.warning("%s %s failed: %s", self._scope["direction"], what, type(error).__name__)
