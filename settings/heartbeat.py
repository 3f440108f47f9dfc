"""A process without a port tells the supervisor that it makes progress, by touching a file.

The supervisor names the file in HEARTBEAT_FILE, which is no setting; elsewhere nothing is done.
It watches whether the file's time changes, and compares no clocks.
"""

import asyncio
import contextlib
import os
from collections.abc import Callable
from pathlib import Path

VARIABLE = "HEARTBEAT_FILE"
EVERY = 2.0  # seconds between two beats


def beat() -> None:
    """Touches the file; a file that cannot be touched is the same as no beat."""
    if file := os.environ.get(VARIABLE):
        with contextlib.suppress(OSError):
            Path(file).touch()


async def keep_beating(is_working: Callable[[], bool]) -> None:
    """Beats from the event loop, so that a loop that hangs beats no more; runs until cancelled."""
    while True:
        if is_working():
            beat()
        await asyncio.sleep(EVERY)
