"""How fast one process may send from one number."""

import asyncio
import time
from collections.abc import Awaitable, Callable


class Rate:
    """Lets so many through each second, evenly, after a small burst.

    Meta counts what comes in, too (80 a second by default, WHATSAPP.md 4); several senders share
    the number's limit, each taking its part of it.
    """

    def __init__(
        self,
        per_second: float,
        *,
        burst: int = 10,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._interval = 1 / per_second
        self._credit = self._interval * (burst - 1)
        self._clock = clock
        self._sleep = sleep
        self._due = clock() - self._credit

    async def admit(self) -> None:
        """Returns when one more may go; concurrent callers are spread in the order they came."""
        now = self._clock()
        due = max(self._due, now - self._credit)
        self._due = due + self._interval
        if due > now:
            await self._sleep(due - now)

    def refund(self) -> None:
        """One who was admitted did not go."""
        self._due -= self._interval
