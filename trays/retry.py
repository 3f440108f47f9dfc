"""When to try again, and how fast one customer may be written to: values, not loops."""

import random
from dataclasses import dataclass


@dataclass(frozen=True)
class Retry:
    """Seconds to wait after a failed try: doubling from `first` to `longest`.

    Each is drawn from the upper half of its span, so that what failed together does not come
    back together.
    """

    first: float
    longest: float
    factor: float = 2.0

    def delay(self, tries: int) -> float:
        """The wait after so many earlier tries (0 for the first)."""
        span = min(self.first * self.factor ** min(tries, 64), self.longest)
        return span * random.uniform(0.5, 1.0)  # noqa: S311 - no secret


@dataclass(frozen=True)
class Pace:
    """One message in so many seconds to one customer, after a burst that is borrowed.

    Meta allows one in six seconds and bursts of 45 (docs/whatsapp.md). The burst here is shorter,
    since WhatsApp may have taken messages that we do not know of.
    """

    seconds: float = 6.0
    burst: int = 40

    @property
    def credit(self) -> float:
        """How many seconds of silence may be owed when one more is sent."""
        return self.seconds * (self.burst - 1)


# A turn: soon, for the customer waits. Ten tries take about 80 s.
TURNS = Retry(first=0.2, longest=30)
MOST_TURNS = 10
# While something that all turns need is down; it must be noticed soon that it is back.
OUTAGE = Retry(first=0.5, longest=5)
# WhatsApp's servers do not answer, or say that they cannot.
SENDS = Retry(first=1, longest=60)
# The pair rate, error 131056: 4^X seconds (docs/whatsapp.md).
CROWDED = Retry(first=1, longest=1024, factor=4)


@dataclass(frozen=True)
class Again:
    """How often in all, and when, to send what WhatsApp took and then reported as failed."""

    most: int
    retry: Retry


# By the code of the status's error: throughput, unknown, unavailable, our media, the pair rate.
REPORTED = {
    130429: Again(10, Retry(first=1, longest=64)),
    131000: Again(3, SENDS),
    131016: Again(10, SENDS),
    131053: Again(2, SENDS),
    131056: Again(10, CROWDED),
}
