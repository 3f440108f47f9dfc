"""Connections for the trays, made so that an outage is noticed soon and survived."""

from typing import Any

import psycopg
from psycopg_pool import AsyncConnectionPool

Pool = AsyncConnectionPool[psycopg.AsyncConnection[Any]]

# A network that swallows packets shows within some ten seconds instead of two hours.
PATIENCE: dict[str, Any] = {
    "connect_timeout": 5,
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "tcp_user_timeout": 10_000,
}


def pool(url: str, size: int = 8) -> Pool:
    """A pool that is opened by `async with`; a plain libpq URL, no transaction-mode pooler behind.

    The pool's own reconnecting waits twice as long each time, without bound; giving up after five
    seconds makes the next caller try instead, so that nobody sleeps long after an outage ended.
    """
    return AsyncConnectionPool(
        url,
        min_size=min(2, size),
        max_size=size,
        open=False,
        timeout=5,
        reconnect_timeout=5,
        kwargs=dict(PATIENCE),
        name="trays",
    )
