"""A process without a port shows the supervisor its progress by touching a file.

The supervisor sets HEARTBEAT_FILE (not a setting); without it nothing happens. The supervisor only
checks that the file's time changes, so clocks do not matter.
"""

import asyncio
import contextlib
import os
from collections.abc import Callable
from pathlib import Path

VARIABLE = "HEARTBEAT_FILE"
EVERY = 2.0  # seconds between two beats


def beat() -> None:
    """Touches the file; errors are ignored."""
    if file := os.environ.get(VARIABLE):
        with contextlib.suppress(OSError):
            Path(file).touch()


async def keep_beating(is_working: Callable[[], bool]) -> None:
    """Touches the file from the event loop, so a hung loop is noticed; runs until cancelled."""
    while True:
        if is_working():
            beat()
        await asyncio.sleep(EVERY)
