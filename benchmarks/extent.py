"""How much is measured: everything, or the short form of `make bench-short`."""

import os

VARIABLE = "BENCH_SHORT"


def is_short() -> bool:
    return bool(os.environ.get(VARIABLE))


def size(full: int, short: int) -> int:
    """The one of two numbers of samples, turns or seconds that fits the form."""
    return short if is_short() else full
