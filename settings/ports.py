"""Checks which ports of this machine are free."""

import socket
from collections.abc import Iterable

from settings.processes import Process


class PortTaken(Exception):
    """Another program uses a port that we need; the message names it and the cure."""


def check_ports(serving: Iterable[Process]) -> None:
    """Checks that the ports of all these processes are free.

    Raises:
        PortTaken: a port is taken; the message names the first.
    """
    for process in serving:
        if process.port is None:
            continue
        if not is_port_free(process.port):
            raise PortTaken(
                f"port {process.port} is taken by another program: end it, "
                f"or choose another with {process.setting}=..."
            )


def is_port_free(port: int) -> bool:
    """Whether a process could listen on this port of this machine."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True
