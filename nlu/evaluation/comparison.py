"""Whether one model is worse than another on the same messages, beyond noise.

`judge_model` in nlu/train.py refuses a new model by it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from scipy.stats import binomtest

_NOISE = 0.05


@dataclass(frozen=True)
class Comparison:
    """On how many messages only the one, and only the other model, did the right thing."""

    only_new: int
    only_old: int

    @classmethod
    def compare_answers(cls, new: Sequence[bool], old: Sequence[bool]) -> Self:
        """Compares what each did right, message by message."""
        pairs = list(zip(new, old, strict=True))
        return cls(sum(n and not o for n, o in pairs), sum(o and not n for n, o in pairs))

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
        said = "worse beyond noise" if self.worse else "not worse beyond noise"
        return f"only the newer model {self.only_new}, only the older {self.only_old}: {said}"
