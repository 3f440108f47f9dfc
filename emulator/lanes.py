"""Delivers each webhook until it is answered with 200.

Each customer's webhooks wait in a lane of their own. Within a lane they are tried in order, but a
slow or refused one does not hold up the next. Meta retries for 7 days with growing pauses; here the
pauses stay short, since a person is waiting for the bot to start.
"""

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any

from emulator.customers import Signal
from emulator.wire import Wire

PAUSES = (0.0, 0.25, 0.5, 1.0, 2.0, 5.0)
# Seconds that a webhook waits for the answer to the previous one in its lane.
PATIENCE_SECONDS = 0.3
MOST_WAITING = 10_000


@dataclass(eq=False)
class Parcel:
    """One POST that the shop has not accepted yet, and what to call when it has."""

    raw: bytes
    accepted: list[Callable[[], None]] = field(default_factory=list)
    attempts: int = 0
    under_way: bool = False


@dataclass
class Lane:
    """The waiting webhooks of one customer, oldest first."""

    waiting: list[Parcel] = field(default_factory=list)
    signal: Signal = field(default_factory=Signal)


class Lanes:
    """All lanes, and the tasks that send their webhooks."""

    def __init__(self, wire: Wire, changed: Callable[[], None]) -> None:
        self.last_problem: str | None = None
        self.dropped = 0
        self._wire = wire
        self._changed = changed
        self._lanes: dict[str, Lane] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def waiting(self) -> int:
        return sum(len(lane.waiting) for lane in self._lanes.values())

    def put(self, name: str, parcel: Parcel) -> None:
        """Queues a parcel at the end of its lane; returns at once."""
        if self.waiting >= MOST_WAITING:
            self.dropped += 1
            next(lane for lane in self._lanes.values() if lane.waiting).waiting.pop(0)
        lane = self._lanes.get(name)
        if lane:
            lane.waiting.append(parcel)
            lane.signal.fire()
        else:
            self._lanes[name] = Lane([parcel])
            self.start(self._empty(name, self._lanes[name]))

    def start(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        """Runs a coroutine in the background, until it ends or `close` is called."""
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    def forget(self) -> None:
        """Drops all webhooks that wait or are being sent."""
        self.last_problem = None
        self.dropped = 0
        for task in self._tasks:
            task.cancel()
        self._lanes.clear()

    async def close(self) -> None:
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _empty(self, name: str, lane: Lane) -> None:
        """Sends the lane's webhooks; ends when the lane is empty."""
        passes = 0
        while lane.waiting:
            for parcel in list(lane.waiting):
                if not parcel.under_way:
                    parcel.under_way = True
                    attempt = self.start(self._attempt(lane, parcel))
                    await asyncio.wait({attempt}, timeout=PATIENCE_SECONDS)
            if lane.waiting:
                woken = await lane.signal.wait(PAUSES[min(passes, len(PAUSES) - 1)])
                passes = 1 if woken else passes + 1
        del self._lanes[name]

    async def _attempt(self, lane: Lane, parcel: Parcel) -> None:
        parcel.attempts += 1
        problem = await self._wire.problem(parcel.raw)
        parcel.under_way = False
        before, self.last_problem = self.last_problem, problem
        if problem is None:
            _accepted(lane, parcel)
            if before:
                self._wake_all()
        if before != problem:
            self._changed()

    def _wake_all(self) -> None:
        """Ends all pauses, since the bot answers again."""
        for lane in self._lanes.values():
            lane.signal.fire()


def _accepted(lane: Lane, parcel: Parcel) -> None:
    if parcel in lane.waiting:
        lane.waiting.remove(parcel)
    if not lane.waiting:
        lane.signal.fire()
    for react in parcel.accepted:
        react()
