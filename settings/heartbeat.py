"""Sends heartbeats, by which the supervisor or systemd sees that an event loop makes progress.

The supervisor of `make run` sets HEARTBEAT_FILE, a file whose time changes at every beat; clocks do
not matter. systemd sets NOTIFY_SOCKET (deploy/systemd) and kills a process that sends nothing for
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
# The unit allows minutes, since the start is slow; the first beat shortens that to 15 seconds.
_ALIVE = b"WATCHDOG=1\nWATCHDOG_USEC=15000000"


def send_heartbeat() -> None:
    """Touches the heartbeat file and notifies systemd; errors are ignored."""
    if file := os.environ.get(VARIABLE):
        with contextlib.suppress(OSError):
            Path(file).touch()
    if address := os.environ.get("NOTIFY_SOCKET"):
        with contextlib.suppress(OSError):
            _notify(address)


async def keep_beating(is_working: Callable[[], bool]) -> None:
    """Beats from the event loop while `is_working` returns True; runs until cancelled."""
    while True:
        if is_working():
            send_heartbeat()
        await asyncio.sleep(EVERY)


def _notify(address: str) -> None:
    """Sends systemd one datagram; an address that begins with @ is an abstract socket."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as sending:
        sending.setblocking(False)
        sending.sendto(_ALIVE, "\0" + address[1:] if address.startswith("@") else address)
