"""Claims messages from a tray: one per customer at a time, many customers at once."""

import asyncio
import logging
import math
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from types import TracebackType
from typing import Self, TypeVar

import psycopg

from trays import lanes, outbox
from trays.batching import RequestBatcher
from trays.claiming import Claiming, Sent, Taken
from trays.lane_recovery import LaneRecovery
from trays.messages import Claim, Direction
from trays.pools import Connection, Pool
from trays.rate import Rate
from trays.retry import OUTAGE, TURNS, Pace, Retry
from trays.worker_lock import WorkerLock

log = logging.getLogger(__name__)

Result = TypeVar("Result")

# Outages of the database, which end; any other error is a bug and must be raised.
OUTAGES = (psycopg.OperationalError, psycopg.InterfaceError, OSError)
SHORTEST, LONGEST = 0.1, 2.0


class Worker:
    """One direction's worker in this process, for any number of concurrent runners.

    Use `async with Worker(...) as worker`; each runner then calls `next` until it returns None.
    It survives outages of the database; if it dies, other workers take over its messages.

    Args:
        pool: connections for short statements; not kept while a message is in hand.
        number: our number (phone_number_id), whose pauses are respected.
        serves: the model it answers with, shown in the database's list of connections.
        rate: how fast messages may be claimed; None means without a limit.
        retry: when a message that was given back may be claimed again.
        pace: how fast one customer may be written to.
        poll: seconds between looks for messages without a notification, and for dead workers.
        longest: seconds after which a held lane is considered forgotten.
        unknown_for: seconds that the message of a dead sender waits for its receipt.
        calls: callbacks for further notification channels, by channel.
    """

    def __init__(
        self,
        pool: Pool,
        direction: Direction,
        *,
        number: str | None = None,
        serves: str = "",
        rate: Rate | None = None,
        retry: Retry = TURNS,
        pace: Pace | None = None,
        poll: float = 1.0,
        longest: float = 600.0,
        unknown_for: float = 30.0,
        calls: dict[str, Callable[[], None]] | None = None,
    ) -> None:
        self._pool = pool
        self._direction = direction
        self._retry = retry
        self._pace = pace or Pace()
        channels = {lanes.notify_channel(direction): self.wake, **(calls or {})}
        self._worker_lock = WorkerLock(str(pool.conninfo), direction, channels, serves)
        self._recovery = LaneRecovery(
            pool,
            self._worker_lock,
            {"direction": direction, "number": number},
            poll=poll,
            longest=longest,
            unknown_for=unknown_for,
            found=self.wake,
        )
        self._claiming = Claiming(pool, direction, number, self._pace, self._recovery.lose)
        self._batcher = RequestBatcher(
            self._trip,
            rate or Rate(math.inf),
            self._keep_alone,
            self._put_down,
            looks_again=direction == "incoming",
        )
        self._delay = SHORTEST
        self._tasks: list[asyncio.Task[None]] = []

    async def __aenter__(self) -> Self:
        self._tasks = [
            asyncio.create_task(self._worker_lock.keep()),
            asyncio.create_task(self._recovery.keep()),
            asyncio.create_task(self._batcher.serve()),
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
        return self._worker_lock.worker is not None

    @property
    def is_working(self) -> bool:
        """Whether all its tasks are running; an outage does not count."""
        return bool(self._tasks) and not any(task.done() for task in self._tasks)

    def wake(self) -> None:
        """Looks for messages now. `Waker` does the same across processes."""
        self._batcher.wake()
        self._recovery.poll_soon()

    def stop(self) -> None:
        """Stops claiming: `next` returns None. Claimed messages are still finished."""
        self._batcher.stop()

    async def next(self) -> Claim | None:
        """Waits for a message and claims it; None once `stop` was called."""
        claims = await self._batcher.take(1)
        return claims[0] if claims else None

    async def take(self, most: int) -> list[Claim]:
        """Waits for messages of different customers and claims at most `most`.

        Returns:
            At least one; none once `stop` was called.
        """
        return await self._batcher.take(most)

    async def claim(self) -> Claim | None:
        """Claims the first message of the customer who has waited longest; None if no message
        waits."""
        if (worker := self._worker_lock.worker) is None:
            return None
        taken = await self._claiming.trip(worker, 1)
        return taken.claims[0] if taken.claims else None

    async def give_back(
        self, claim: Claim, reason: str, *, outage: bool = False, delay: float | None = None
    ) -> bool:
        """Returns a message for a retry after a growing delay, before the customer's next one.

        With `outage` the try does not count against the message. `reason` is for staff and must
        hold no message text. Waits while the database is away.

        Returns:
            False if another worker had the lane already.
        """
        if delay is None:
            delay = (OUTAGE if outage else self._retry).delay(claim.tries)
        act = partial(lanes.give_back, claim=claim, reason=reason, delay=delay, excused=outage)
        given = await self.retry_until_stored(act)
        self.wake()
        return given

    async def retry_until_stored(self, act: Callable[[Connection], Awaitable[Result]]) -> Result:
        """Runs `act` in a transaction until the database has stored it; returns its result."""
        delay = SHORTEST
        while True:
            try:
                async with self._pool.connection() as conn:
                    return await act(conn)
            except OUTAGES as error:
                if self._pool.closed:
                    raise
                self._complain("storing", error)
            await asyncio.sleep(delay)
            delay = min(delay * 2, LONGEST)

    async def _trip(self, most: int, sent: list[Sent]) -> Taken | None:
        """Makes the batcher's round trip; never fails, and waits while the database is away."""
        worker = self._worker_lock.worker
        most = most if worker is not None else 0
        if not most and not sent:
            return Taken()
        try:
            taken = await self._claiming.trip(worker or 0, most, sent)
        except Exception as error:
            self._complain("a round trip", error)
            await asyncio.sleep(self._delay)
            self._delay = min(self._delay * 2, LONGEST)
            self.wake()
            # An error that is no outage may come from one result: each is stored by itself.
            return None if isinstance(error, OUTAGES) else Taken()
        self._delay = SHORTEST
        return taken

    async def _keep_alone(self, sent: Sent) -> bool:
        return await self.retry_until_stored(
            lambda conn: outbox.mark_sent(conn, sent.claim, sent.message_id, self._pace)
        )

    def _put_down(self, claims: Sequence[Claim]) -> None:
        self._recovery.lose([claim.epoch for claim in claims])

    def _complain(self, what: str, error: BaseException) -> None:
        log.warning("%s: %s failed: %s", self._direction, what, type(error).__name__)
