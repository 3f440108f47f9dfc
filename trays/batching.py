"""Batches the requests of a worker's tasks: all that wait at once share one round trip."""

import asyncio
import time
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from trays.claiming import Sent, Taken
from trays.messages import Claim
from trays.rate import Rate

LEAST_WAIT = 0.01

Trip = Callable[[int, list[Sent]], Awaitable[Taken | None]]


@dataclass
class _Want:
    """A task that waits for messages; it takes at most `most`."""

    most: int
    claims: "asyncio.Future[list[Claim]]"


@dataclass
class _Result:
    """A task that waits until its sent message is stored."""

    sent: Sent
    kept: "asyncio.Future[bool]"


@dataclass
class RequestBatcher:
    """Makes one round trip after the other while there are requests; requests that arrive during
    one share the next.

    Args:
        trip: stores results and claims messages in one round trip; None if the database is away.
        rate: how fast messages may be claimed.
        aside: stores one result that the round trip had to leave out.
        lose: called with claims whose task has stopped waiting.
        looks_again: whether a finished task may have made a lane ready without telling the batcher,
            as a turn does by its commit: then it looks for messages at once.
    """

    trip: Trip
    rate: Rate
    aside: Callable[[Sent], Awaitable[bool]]
    lose: Callable[[list[Claim]], None]
    looks_again: bool = True
    stopped: bool = False
    _wants: deque[_Want] = field(default_factory=deque)
    _results: list[_Result] = field(default_factory=list)
    _called: asyncio.Event = field(default_factory=asyncio.Event)
    _look_at: float = 0.0
    _asides: "set[asyncio.Task[None]]" = field(default_factory=set)

    def wake(self) -> None:
        """Looks now: there may be a message to claim."""
        self._look_at = 0.0
        self._called.set()

    def stop(self) -> None:
        """Hands out no more messages; results are still stored."""
        self.stopped = True
        self._called.set()

    async def take(self, most: int) -> list[Claim]:
        """Waits for messages; returns at least one, or none once stopped."""
        if self.stopped:
            return []
        want = _Want(most, asyncio.get_running_loop().create_future())
        self._wants.append(want)
        if self.looks_again:
            self.wake()
        else:
            self._called.set()
        try:
            return await want.claims
        except asyncio.CancelledError:
            if want.claims.done() and not want.claims.cancelled():
                self.lose(want.claims.result())
            raise

    async def keep(self, sent: Sent) -> bool:
        """Returns when the result is stored; False if another worker had the lane."""
        result = _Result(sent, asyncio.get_running_loop().create_future())
        self._results.append(result)
        self._called.set()
        return await result.kept

    async def serve(self) -> None:
        """Runs until it is cancelled."""
        try:
            while True:
                await self._wait()
                await self._serve_once()
        finally:
            for task in self._asides:
                task.cancel()

    async def _wait(self) -> None:
        """Waits until there is work."""
        while not self._results:
            self._dismiss()
            seconds = self._look_at - time.monotonic() if self._wants else None
            if seconds is not None:
                seconds = max(seconds, self.rate.wait())
                if seconds <= 0:
                    return
            self._called.clear()
            try:
                async with asyncio.timeout(seconds):
                    await self._called.wait()
            except TimeoutError:
                pass

    def _dismiss(self) -> None:
        """Removes tasks that stopped waiting, and ends the waiting of those that get nothing
        more."""
        self._wants = deque(want for want in self._wants if not want.claims.done())
        while self.stopped and self._wants:
            self._wants.popleft().claims.set_result([])

    async def _serve_once(self) -> None:
        self._dismiss()
        results, self._results = self._results, []
        most = self.rate.admit(sum(want.most for want in self._wants))
        # Unless we are woken meanwhile; a trip that only stores results finds no lanes.
        self._look_at = float("inf") if most else 0.0
        taken = await self.trip(most, [result.sent for result in results])
        self.rate.refund(most - (len(taken.claims) if taken else 0))
        if taken is None:
            self._results = results + self._results
            return
        self._look_again(taken, most)
        self._hand_out(taken.claims)
        for result in results:
            self._settle(result, result.sent.claim.row in taken.kept)

    def _look_again(self, taken: Taken, most: int) -> None:
        """Looks again at once if more messages may be ready, else when the next lane is."""
        if most and len(taken.claims) == most:
            self._look_at = 0.0
        elif taken.due is not None:
            # Not too soon: a lane that is ready may be locked by another worker.
            due = time.monotonic() + max(taken.due, LEAST_WAIT)
            self._look_at = min(self._look_at, due)

    def _hand_out(self, claims: list[Claim]) -> None:
        """Gives each waiting task one message, then the first ones as many as they want."""
        self._dismiss()
        shares: list[tuple[_Want, list[Claim]]] = [(want, []) for want in self._wants]
        left = deque(claims)
        for _, share in shares:
            if left:
                share.append(left.popleft())
        for want, share in shares:
            while left and len(share) < want.most:
                share.append(left.popleft())
        for want, share in shares:
            if share:
                want.claims.set_result(share)
        if left:
            self.lose(list(left))

    def _settle(self, result: _Result, is_kept: bool) -> None:
        if is_kept:
            _set_answer(result.kept, True)
            return
        task = asyncio.create_task(self._keep_aside(result))
        self._asides.add(task)
        task.add_done_callback(self._asides.discard)

    async def _keep_aside(self, result: _Result) -> None:
        try:
            _set_answer(result.kept, await self.aside(result.sent))
        except Exception as error:
            if not result.kept.done():
                result.kept.set_exception(error)


def _set_answer(future: "asyncio.Future[bool]", value: bool) -> None:
    if not future.done():
        future.set_result(value)
