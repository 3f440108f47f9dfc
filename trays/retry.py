"""Retry delays, and the pace of messages to one customer, as values."""

import random
from dataclasses import dataclass


@dataclass(frozen=True)
class Retry:
    """Seconds to wait after a failed try: doubling from `first` to `longest`.

    Each delay is random in the upper half of its span, so that messages that failed together are
    not retried together.
    """

    first: float
    longest: float
    factor: float = 2.0

    def delay(self, tries: int) -> float:
        """The delay after so many earlier tries (0 for the first)."""
        span = min(self.first * self.factor ** min(tries, 64), self.longest)
        return span * random.uniform(0.5, 1.0)  # noqa: S311 - no secret


@dataclass(frozen=True)
class Pace:
    """The pace to one customer: one message per interval, after a burst borrowed from later
    intervals.

    Meta allows one in six seconds and bursts of 45 (docs/whatsapp.md). The burst here is shorter,
    since WhatsApp may have accepted messages without our knowing.
    """

    seconds: float = 6.0
    burst: int = 40

    @property
    def credit(self) -> float:
        """The largest debt, in seconds, at which one more message may be sent."""
        return self.seconds * (self.burst - 1)


# A turn is retried soon, since the customer waits. Ten tries take about 80 s.
TURNS = Retry(first=0.2, longest=30)
MOST_TURNS = 10
# During an outage: its end must be noticed soon.
OUTAGE = Retry(first=0.5, longest=5)
# WhatsApp's servers do not answer, or say that they cannot.
SENDS = Retry(first=1, longest=60)
# The pair rate, error 131056: 4^X seconds (docs/whatsapp.md).
CROWDED = Retry(first=1, longest=1024, factor=4)


@dataclass(frozen=True)
class Again:
    """When, and at most how often, to resend a message that WhatsApp accepted and then failed."""

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
