"""A process shows its supervisor or systemd that its event loop makes progress.

The supervisor of `make run` sets HEARTBEAT_FILE: its time changes at every beat, so clocks do not
matter. systemd sets NOTIFY_SOCKET (deploy/systemd) and kills a process that sends it nothing for
long. Neither is a setting; without them nothing happens.
"""

import asyncio
import contextlib
import os
import socket
from collections.abc import Callable
from pathlib import Path

VARIABLE = "HEARTBEAT_FILE"
EVERY = 2.0  # seconds between two beats
# The unit allows minutes, for the start; from the first beat on, so many microseconds count.
_ALIVE = b"WATCHDOG=1\nWATCHDOG_USEC=15000000"


def beat() -> None:
    """Touches the file and tells systemd; errors are ignored."""
    if file := os.environ.get(VARIABLE):
        with contextlib.suppress(OSError):
            Path(file).touch()
    if address := os.environ.get("NOTIFY_SOCKET"):
        with contextlib.suppress(OSError):
            _notify(address)


async def keep_beating(is_working: Callable[[], bool]) -> None:
    """Beats from the event loop, so a hung loop is noticed; runs until cancelled."""
    while True:
        if is_working():
            beat()
        await asyncio.sleep(EVERY)


def _notify(address: str) -> None:
    """Sends systemd one datagram; an address that begins with @ is an abstract socket."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as sending:
        sending.setblocking(False)
        sending.sendto(_ALIVE, "\0" + address[1:] if address.startswith("@") else address)
