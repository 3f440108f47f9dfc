"""`python -m settings.alive NAME`: checks once whether a process makes progress.

For health checks of containers and scripts. NAME is a process: webhook, console, rasa, rasa-2,
sender, ... The exit status is 0, or 1 after one line that says why.
"""

import os
import sys
import time
from pathlib import Path

import settings
from settings import Settings, heartbeat, processes
from settings.processes import Process
from settings.watch import ANSWER_SECONDS, HttpSign

_LOOK = 0.05  # seconds
# A process whose heartbeat is older hangs.
LATEST_BEAT = 6 * heartbeat.EVERY


def is_alive(process: Process) -> bool:
    """Whether a process answers, or has touched its heartbeat file (HEARTBEAT_FILE) lately."""
    if process.port is not None:
        return _answers(HttpSign(process.port, process.health))
    try:
        beaten = Path(os.environ.get(heartbeat.VARIABLE, "")).stat().st_mtime
    except OSError:
        return False
    return time.time() - beaten < LATEST_BEAT


def find_process(configured: Settings, name: str) -> Process | None:
    """The process of that name, or None."""
    known = [
        *processes.database_process(configured),
        *processes.slow_processes(configured),
        *processes.quick_processes(configured),
    ]
    return next((process for process in known if process.name == name), None)


def main(arguments: list[str]) -> int:
    try:
        process = find_process(settings.load_settings(), " ".join(arguments))
    except settings.SettingsError as error:
        return _complain(str(error))
    if process is None:
        return _complain("there is no process of that name")
    return 0 if is_alive(process) else _complain(f"{process.name} makes no progress")


def _answers(sign: HttpSign) -> bool:
    deadline = time.monotonic() + ANSWER_SECONDS
    sign.ask()
    try:
        while (answer := sign.answer()) is None and time.monotonic() < deadline:
            time.sleep(_LOOK)
        return bool(answer)
    finally:
        sign.drop()


def _complain(message: str) -> int:
    print(f"settings.alive: {' '.join(message.split())}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
