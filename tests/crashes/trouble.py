"""What befalls the shop while it works: kills at random, kills at named points, a bad Graph."""

import asyncio
import random
from collections import Counter
from collections.abc import Callable, Coroutine
from typing import Any

from tests.crashes.customers import Phones
from tests.crashes.world import Shop

POINTS = (
    "after-action",
    "before-turn-commit",
    "after-turn-commit",
    "before-send",
    "after-send",
)
# After how many more messages of the customers a process is killed again. Not after seconds: on a
# slow machine nothing would live long enough to be in the middle of anything.
LIVES = {
    "receiver": (40, 120),
    "sender": (120, 300),
    "rasa": (150, 350),
    "database": (150, 350),
}
POINT_PAUSE = (40, 120)
FAULT_PAUSE = (5, 40)
LOOK = 0.05  # seconds between two looks

Fault = dict[str, Any]
# The Graph API on a bad day; none of them is final.
FAULTS: dict[str, Callable[[], Fault]] = {
    "HTTP 500": lambda: {"http": 500, "times": random.randint(1, 5)},
    "throttled number": lambda: {"code": 130429},
    "throttled customer": lambda: {"code": 131056},
    "service down": lambda: {"code": 131016, "times": random.randint(1, 3)},
    "stalls, then answers nothing": lambda: {"hang": random.uniform(1, 8)},
    "accepts, then stalls": lambda: {"hang": random.uniform(1, 8), "accept": True},
    "drops the connection": lambda: {"drop": True},
    "accepts, then drops the connection": lambda: {"drop": True, "accept": True},
}


class Trouble:
    """Goes on until it is told to stop; `counts` says what happened how often."""

    def __init__(
        self, shop: Shop, phones: Phones, progress: Callable[[], int], patience: int = 1
    ) -> None:
        """`progress` is how many messages the customers have sent.

        With a `patience` of 2 there are half as many kills among as many messages.
        """
        self._shop = shop
        self._patience = patience
        self._phones = phones
        self._progress = progress
        self._tasks: list[asyncio.Task[None]] = []
        self._calm = asyncio.Event()
        self._calm.set()
        self.kills: Counter[str] = Counter()
        self.points: Counter[str] = Counter()
        self.faults: Counter[str] = Counter()

    def start(self) -> None:
        works: list[Coroutine[Any, Any, None]] = [
            *(self._kill(kind, *life) for kind, life in LIVES.items()),
            self._arm(),
            self._vex_graph(),
        ]
        self._tasks = [asyncio.create_task(work) for work in works]

    async def stop(self) -> None:
        """Ends all of it; a process that was just killed is running again then."""
        for task in self._tasks:
            task.cancel()
        for ended in await asyncio.gather(*self._tasks, return_exceptions=True):
            if isinstance(ended, Exception):
                raise ended
        self._disarm()
        await self._phones.call("DELETE", "/faults")

    async def power_cut(self) -> None:
        """Every process at the same moment; nothing else is killed until all are back."""
        self._calm.clear()
        self._disarm()
        await asyncio.to_thread(self._shop.kill_everything)
        self.kills["everything at once"] += 1
        await asyncio.to_thread(self._shop.open)
        self._calm.set()

    async def _more(self, least: int, most: int) -> None:
        """Until the customers have sent so many messages more, and a moment longer."""
        enough = self._progress() + self._patience * random.randint(least, most)
        while self._progress() < enough:  # noqa: ASYNC110 (many tasks, one sum)
            await asyncio.sleep(LOOK)
        await asyncio.sleep(random.uniform(0, 1))

    async def _kill(self, kind: str, least: int, most: int) -> None:
        while True:
            await self._more(least, most)
            await self._calm.wait()
            self.kills[kind] += 1
            await self._until_done(self._kill_now(kind))

    async def _kill_now(self, kind: str) -> None:
        try:
            if kind == "database":
                await asyncio.to_thread(self._shop.kill_postmaster)
            else:
                await asyncio.to_thread(self._shop.kill_part, kind)
        except AssertionError:
            # A power cut came between: its own start sees to everything.
            if self._calm.is_set():
                raise

    async def _arm(self) -> None:
        """One point after the other, so that each is hit."""
        while True:
            for point in random.sample(POINTS, len(POINTS)):
                await self._more(*POINT_PAUSE)
                await self._calm.wait()
                file = self._shop.armed / point
                file.touch()
                while file.exists():  # noqa: ASYNC110 (another process takes it away)
                    await asyncio.sleep(LOOK)
                self.points[point] += self._calm.is_set()

    def _disarm(self) -> None:
        for point in self._shop.armed.iterdir():
            point.unlink(missing_ok=True)

    async def _vex_graph(self) -> None:
        while True:
            await self._more(*FAULT_PAUSE)
            if (await self._phones.call("GET", "/faults"))["faults"]:
                # They must not pile up while little is sent, or nothing is sent any more.
                continue
            name = random.choice(list(FAULTS))
            await self._phones.call("POST", "/faults", **FAULTS[name]())
            self.faults[name] += 1

    async def _until_done(self, work: Coroutine[Any, Any, None]) -> None:
        """Not left half way when we are told to stop."""
        task = asyncio.ensure_future(work)
        try:
            await asyncio.shield(task)
        except asyncio.CancelledError:
            await task
            raise
