"""Tests whether one model is worse than another on the same messages, beyond noise.

`judge_model` in nlu/train.py rejects a new model that is.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from scipy.stats import binomtest

_NOISE = 0.05


@dataclass(frozen=True)
class Comparison:
    """The number of messages that only the new model got right, and that only the old one did."""

    only_new: int
    only_old: int

    @classmethod
    def compare_answers(cls, new: Sequence[bool], old: Sequence[bool]) -> Self:
        """Compares two models: for each message, whether the new and the old one were right."""
        pairs = list(zip(new, old, strict=True))
        return cls(sum(n and not o for n, o in pairs), sum(o and not n for n, o in pairs))

    @property
    def worse(self) -> bool:
        """Whether the new model is worse and the difference is unlikely to be chance.

        Exact McNemar (sign) test on the messages where the two differ: p below `_NOISE`.
        """
        differing = self.only_new + self.only_old
        if differing == 0 or self.only_old <= self.only_new:
            return False
        test = binomtest(self.only_old, differing, 0.5, alternative="greater")
        return bool(test.pvalue < _NOISE)

    def __str__(self) -> str:
        said = "worse beyond noise" if self.worse else "not worse beyond noise"
        return f"only the newer model {self.only_new}, only the older {self.only_old}: {said}"
