"""The server's configuration, shared by `python -m console` and the tests."""

import uvicorn
from starlette.types import ASGIApp

# Seconds for open event streams at shutdown; all other requests have ended by then.
_GRACE = 2
_LOOPBACK = ["127.0.0.1", "::1"]


def server_configuration(app: ASGIApp, port: int = 0) -> uvicorn.Config:
    """Configures uvicorn on loopback only: a reverse proxy adds TLS and public access.

    Only a proxy on this machine may set the client's address and the scheme.
    """
    return uvicorn.Config(
        app,
        host="127.0.0.1",
        port=port,
        # Sanic pins a version of websockets that uvicorn cannot import.
        ws="none",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=True,
        # Set explicitly, since uvicorn would read it from the environment.
        forwarded_allow_ips=_LOOPBACK,
        timeout_graceful_shutdown=_GRACE,
    )
