"""Connections for the trays, made so that an outage is noticed soon and survived."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import psycopg
from psycopg_pool import AsyncConnectionPool

Connection = psycopg.AsyncConnection[Any]
Pool = AsyncConnectionPool[Connection]

# A network that swallows packets shows within some ten seconds instead of two hours.
PATIENCE: dict[str, Any] = {
    "connect_timeout": 5,
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "tcp_user_timeout": 10_000,
}


def pool(url: str, size: int = 8, timeout: float = 5) -> Pool:
    """A pool that is opened by `async with`; a plain libpq URL, no transaction-mode pooler behind.

    Who gets no connection within `timeout` seconds gets psycopg_pool.PoolTimeout. The pool's own
    reconnecting waits twice as long each time, without bound; made to give up after five seconds
    it leaves the next try to the next caller, so that nobody sleeps long after an outage ended.
    """
    return AsyncConnectionPool(
        url,
        min_size=min(2, size),
        max_size=size,
        open=False,
        timeout=timeout,
        reconnect_timeout=5,
        kwargs=PATIENCE | {"autocommit": True},
        name="trays",
    )


@asynccontextmanager
async def one_trip(conn: Connection) -> AsyncIterator[None]:
    """One transaction in one round trip: results are there when the block has ended.

    Without BEGIN and COMMIT, which psycopg waits for: PostgreSQL makes what stands between two
    Syncs one transaction (https://www.postgresql.org/docs/current/libpq-pipeline-mode.html).
    A connection that is not autocommit gets the same with more trips.
    """
    if conn.autocommit:
        async with conn.pipeline():
            yield
    else:
        async with conn.pipeline(), conn.transaction():
            yield
