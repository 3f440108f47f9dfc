"""Settings by which both sides notice a dead connection within ten seconds."""

from typing import Any

# Parameters of a connection: our side of it.
CLIENT_SIDE: dict[str, Any] = {
    "connect_timeout": 5,
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "tcp_user_timeout": 10_000,
}

# The same on the server's side: within some five seconds it knows that this machine is gone, and
# lets go of its locks (those of a killed process at once). Unix sockets need none of it. Not as
# options of the connection, which poolers refuse.
SERVER_SIDE = b"""
SET tcp_keepalives_idle = 2; SET tcp_keepalives_interval = 1; SET tcp_keepalives_count = 3;
SET tcp_user_timeout = 5000
"""
