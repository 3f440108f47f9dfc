"""Whether one model is worse than another on the same messages, beyond noise."""

from collections.abc import Sequence
from dataclasses import dataclass

from scipy.stats import binomtest

_NOISE = 0.05


@dataclass(frozen=True)
class Comparison:
    """On how many messages only the one, and only the other model, did the right thing."""

    only_new: int
    only_old: int

    @property
    def worse(self) -> bool:
        """Whether chance alone would hardly make the new one look so much worse.

        An exact sign test (McNemar's) on the messages where the two differ.
        """
        differing = self.only_new + self.only_old
        if differing == 0 or self.only_old <= self.only_new:
            return False
        test = binomtest(self.only_old, differing, 0.5, alternative="greater")
        return bool(test.pvalue < _NOISE)

    def __str__(self) -> str:
        return f"only the new model right: {self.only_new}, only the old one: {self.only_old}"


def compare(new: Sequence[bool], old: Sequence[bool]) -> Comparison:
    """Compares what each did right, message by message."""
    pairs = list(zip(new, old, strict=True))
    return Comparison(sum(n and not o for n, o in pairs), sum(o and not n for n, o in pairs))
