"""The keeper: `python -m storage.embedded [directory]` keeps a cluster running.

Without a directory it is the configured one.

A server that dies is started again at once, on the same port. SIGTERM and SIGINT end the keeper,
and also the server if no other process is attached.
"""

import contextlib
import select
import signal
import sys
import time
from pathlib import Path
from types import FrameType

import psycopg

import settings
from settings import heartbeat
from storage.embedded import attach_cluster
from storage.embedded.errors import EmbeddedError

PAUSE = 1.0  # seconds before another try when the server cannot be started


def keep_running(directory: Path) -> None:
    """Attaches to the server; whenever it ends, starts it again."""
    attach_cluster(directory)
    write_log(f"ready in {directory}")
    while True:
        try:
            watch_server(attach_cluster(directory))
            write_log("the server went away, starting it again")
        except EmbeddedError as error:
            write_log(str(error))
            time.sleep(PAUSE)


def watch_server(url: str) -> None:
    """Keeps a connection open and returns when the server ends it: cheap, and noticed at once."""
    heartbeat.send_heartbeat()
    try:
        with psycopg.connect(url, autocommit=True, application_name="keeper") as connection:
            while not select.select([connection.fileno()], [], [], heartbeat.EVERY)[0]:
                heartbeat.send_heartbeat()
    except psycopg.OperationalError:
        return


def write_log(message: str) -> None:
    """Writes to the log; a full disk is ignored, so that the server goes on."""
    with contextlib.suppress(OSError):
        print(f"PostgreSQL: {message}", file=sys.stderr, flush=True)


def leave_process(_signal: int, _frame: FrameType | None) -> None:
    """Ends the process in good order; a second Ctrl-C does not interrupt the stopping."""
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, signal.SIG_IGN)
    sys.exit(0)


def main() -> int:
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, leave_process)
    try:
        keep_running(Path(sys.argv[1]) if sys.argv[1:] else settings.load_settings().data_directory)
    except (EmbeddedError, settings.SettingsError) as error:
        write_log(str(error))
    return 1


if __name__ == "__main__":
    sys.exit(main())
