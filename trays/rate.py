"""How fast one process may send from one number."""

import time
from collections.abc import Callable


class Rate:
    """Allows a number of messages per second, evenly, after a small burst.

    Meta counts incoming messages too (80 a second by default, docs/whatsapp.md). Several senders
    share the number's limit, each taking its part of it.
    """

    def __init__(
        self,
        per_second: float,
        *,
        burst: int = 10,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._interval = 1 / per_second
        self._credit = self._interval * (burst - 1)
        self._clock = clock
        self._due = clock() - self._credit

    def admit(self, most: int) -> int:
        """Returns how many of `most` messages may be sent now, and counts them as sent."""
        if not self._interval:
            return most
        now = self._clock()
        self._due = max(self._due, now - self._credit)
        # A tiny tolerance, for rounding errors of floats.
        free = int((now - self._due) / self._interval + 1 + 1e-6)
        admitted = max(0, min(most, free))
        self._due += admitted * self._interval
        return admitted

    def refund(self, places: int) -> None:
        """Takes back the count of admitted messages that were not sent."""
        self._due -= places * self._interval

    def wait(self) -> float:
        """The seconds until the next message may be sent."""
        return max(0.0, self._due - self._clock())
