"""Limits how fast the shop may write to one customer (Meta's pair rate limit).

Meta allows one message in six seconds to the same user, and bursts of up to 45, after which the
sender must pause for as long as these would have taken. Meta does not publish the exact algorithm:
this is a model of it.
"""

import time
from dataclasses import dataclass

SECONDS_PER_MESSAGE = 6.0
BURST = 45
MOST_DEBT = BURST * SECONDS_PER_MESSAGE


@dataclass
class Debt:
    """Seconds for which the shop must pause before it has caught up with one customer."""

    seconds: float = 0.0
    reckoned: float = 0.0
    exhausted: bool = False

    def drain(self, now: float) -> None:
        self.seconds = max(0.0, self.seconds - (now - self.reckoned))
        self.reckoned = now
        if self.seconds == 0:
            self.exhausted = False


class PairRate:
    """The debts by customer."""

    def __init__(self) -> None:
        self.enforced = True
        self._debts: dict[str, Debt] = {}

    def allows(self, key: str) -> bool:
        """Whether one more message may be sent now. A full burst must be paid off completely."""
        if not self.enforced:
            return True
        debt = self._debts.setdefault(key, Debt(reckoned=time.monotonic()))
        debt.drain(time.monotonic())
        if debt.seconds + SECONDS_PER_MESSAGE > MOST_DEBT:
            debt.exhausted = True
        return not debt.exhausted

    def count_message(self, key: str) -> None:
        """Counts an accepted message."""
        debt = self._debts.setdefault(key, Debt(reckoned=time.monotonic()))
        debt.drain(time.monotonic())
        debt.seconds += SECONDS_PER_MESSAGE

    def pass_time(self, key: str, seconds: float) -> None:
        """Moves the clock of one customer on."""
        if key in self._debts:
            debt = self._debts[key]
            debt.reckoned -= seconds
            debt.drain(time.monotonic())

    def forget_messages(self) -> None:
        self.enforced = True
        self._debts.clear()
