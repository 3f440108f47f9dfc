"""The conditions of a run: its size, its event loop, its progress messages."""

import asyncio
import os
import sys
import time
from collections.abc import Coroutine
from typing import Any, TypeVar

import uvloop

# Set by `make bench-short`.
VARIABLE = "BENCH_SHORT"
Result = TypeVar("Result")


def is_short() -> bool:
    """Whether the short form is wanted, else everything is measured."""
    return bool(os.environ.get(VARIABLE))


def size(full: int, short: int) -> int:
    """The number of samples, turns or seconds for the short or the full form."""
    return short if is_short() else full


def run_loop(main: Coroutine[Any, Any, Result]) -> Result:
    """Runs the driver on uvloop, so that it takes little of the cores."""
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(main)


def print_progress(words: str) -> None:
    """Prints to stderr; the tables go to stdout."""
    print(f"{time.strftime('%H:%M:%S')} {words}", file=sys.stderr, flush=True)
