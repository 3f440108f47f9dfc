"""TCP ports on the loopback."""

import secrets
import socket
from errno import EADDRINUSE
from pathlib import Path

LOOPBACK = "127.0.0.1"
# Below what systems hand out to outgoing connections, so that nobody gets ours by chance.
FIRST, COUNT = 20000, 10000


def read_port(file: Path) -> int | None:
    """The stored port, or None."""
    text = file.read_text() if file.exists() else ""
    return int(text) if text.isdecimal() else None


def keep_port(file: Path) -> int:
    """The stored port if no other program listens there, else a new one, which is stored."""
    port = read_port(file)
    while port is None or not is_free(port):
        port = FIRST + secrets.randbelow(COUNT)
        file.write_text(str(port))
    return port


def is_free(port: int) -> bool:
    """Whether a server could listen on the port now."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError as error:
            if error.errno == EADDRINUSE:
                return False
            raise
        return True
