"""Connection pools for the trays that notice outages soon and recover from them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import psycopg
from psycopg_pool import AsyncConnectionPool

from storage.keepalive import CLIENT_SIDE, SERVER_SIDE

# Idle connections close after this time: a shop at rest keeps one per pool.
IDLE_SECONDS = 10.0

Connection = psycopg.AsyncConnection[Any]
Pool = AsyncConnectionPool[Connection]

# All our statements use an index and never change. By default the planner plans them anew each
# time, or keeps a plan with a sequential scan from when the table was small.
BY_INDEX = b"""
SET jit = off; SET plan_cache_mode = force_generic_plan;
SET enable_seqscan = off; SET enable_hashjoin = off; SET enable_mergejoin = off
"""


def pool(url: str, size: int = 8, timeout: float = 5) -> Pool:
    """A pool of connections, opened by `async with`; the URL must not lead to a transaction pooler.

    A caller that gets no connection within `timeout` seconds gets psycopg_pool.PoolTimeout. The
    pool doubles its pause before each reconnection, without bound. Here it gives up after five
    seconds and the next caller tries again, so that no caller waits long after an outage has ended.
    """
    return AsyncConnectionPool(
        url,
        min_size=1,
        max_size=size,
        max_idle=IDLE_SECONDS,
        open=False,
        timeout=timeout,
        reconnect_timeout=5,
        kwargs=CLIENT_SIDE | {"autocommit": True, "prepare_threshold": 0},
        configure=_configure,
        name="trays",
    )


async def _configure(conn: Connection) -> None:
    await conn.execute(BY_INDEX + b";" + SERVER_SIDE, prepare=False)


@asynccontextmanager
async def one_trip(conn: Connection) -> AsyncIterator[None]:
    """Runs the block's statements as one transaction in one round trip; results come at its end.

    It sends no BEGIN and COMMIT, for which psycopg would wait: PostgreSQL runs all statements
    between two Syncs as one transaction
    (https://www.postgresql.org/docs/current/libpq-pipeline-mode.html).
    A connection that is not autocommit gets the same with more trips.
    """
    if conn.autocommit:
        async with conn.pipeline():
            yield
    else:
        async with conn.pipeline(), conn.transaction():
            yield
