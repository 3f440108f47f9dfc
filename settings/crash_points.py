"""Places in the code where the crash tests end a process as `kill -9` would.

Crash points are active only if CRASH_POINTS names a directory, which only tests set. A file in it
arms the crash point of the same name: the first process that removes the file dies there, once.
"""

import os
import signal
from pathlib import Path


def reach_crash_point(point: str) -> None:
    """Kills this process if this crash point is armed."""
    armed = os.environ.get("CRASH_POINTS")
    if armed and _taken(Path(armed) / point):
        os.kill(os.getpid(), signal.SIGKILL)


def _taken(file: Path) -> bool:
    try:
        file.unlink()
    except FileNotFoundError:
        return False
    return True
