"""How fast one customer may be written to: a debt that drains.

Meta allows one message in six seconds to the same user, and bursts of up to 45 that are borrowed
from the time after them. What exactly happens in between is not published: this is a model.
"""

import time
from dataclasses import dataclass

SECONDS_PER_MESSAGE = 6.0
BURST = 45
MOST_DEBT = BURST * SECONDS_PER_MESSAGE


@dataclass
class Debt:
    """Seconds of silence that are owed to one customer."""

    seconds: float = 0.0
    reckoned: float = 0.0
    exhausted: bool = False

    def drain(self, now: float) -> None:
        self.seconds = max(0.0, self.seconds - (now - self.reckoned))
        self.reckoned = now
        if self.seconds == 0:
            self.exhausted = False


class PairRate:
    """The debts to all customers."""

    def __init__(self) -> None:
        self.enforced = True
        self._debts: dict[str, Debt] = {}

    def allows(self, key: str) -> bool:
        """Whether one more may be sent now. A burst once used up must drain wholly."""
        if not self.enforced:
            return True
        debt = self._debts.setdefault(key, Debt(reckoned=time.monotonic()))
        debt.drain(time.monotonic())
        if debt.seconds + SECONDS_PER_MESSAGE > MOST_DEBT:
            debt.exhausted = True
        return not debt.exhausted

    def count_message(self, key: str) -> None:
        """One message was accepted."""
        debt = self._debts.setdefault(key, Debt(reckoned=time.monotonic()))
        debt.drain(time.monotonic())
        debt.seconds += SECONDS_PER_MESSAGE

    def pass_time(self, key: str, seconds: float) -> None:
        """The clock of one customer was moved on."""
        if key in self._debts:
            debt = self._debts[key]
            debt.reckoned -= seconds
            debt.drain(time.monotonic())

    def forget_messages(self) -> None:
        self.enforced = True
        self._debts.clear()
