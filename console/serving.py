"""How the console is served, in one place for `python -m console` and the tests."""

import uvicorn
from starlette.types import ASGIApp

# Seconds for the open event streams; everything else has long been answered by then.
_GRACE = 2
_LOOPBACK = ["127.0.0.1", "::1"]


def server_configuration(app: ASGIApp, port: int = 0) -> uvicorn.Config:
    """Serves on loopback only: a reverse proxy adds TLS and public access.

    Nobody but a proxy on this machine may say who is asking, and by which scheme.
    """
    return uvicorn.Config(
        app,
        host="127.0.0.1",
        port=port,
        # Sanic holds websockets at a version that uvicorn cannot import.
        ws="none",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=True,
        # Said, else uvicorn takes it from the environment.
        forwarded_allow_ips=_LOOPBACK,
        timeout_graceful_shutdown=_GRACE,
    )
