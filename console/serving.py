"""How the console is served, in one place for `python -m console` and the tests."""

import os

import uvicorn
from starlette.types import ASGIApp

# Seconds for the open event streams; everything else has long been answered by then.
_GRACE = 2


def configuration(app: ASGIApp, port: int = 0) -> uvicorn.Config:
    """On loopback only: a reverse proxy brings the rest of the world, and TLS.

    FORWARDED_ALLOW_IPS names that proxy; nobody else may say who is asking.
    """
    trusted = os.environ.get("FORWARDED_ALLOW_IPS", "")
    return uvicorn.Config(
        app,
        host="127.0.0.1",
        port=port,
        # Sanic holds websockets at a version that uvicorn cannot import.
        ws="none",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=bool(trusted),
        forwarded_allow_ips=trusted or None,
        timeout_graceful_shutdown=_GRACE,
    )
