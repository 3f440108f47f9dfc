"""A worker's own connection with its session lock, which shows other workers that it lives."""

import asyncio
import logging
import os
from collections.abc import Callable, Mapping
from typing import Any

import psycopg
from psycopg import sql

from storage.advisory_locks import AdvisoryLock
from storage.keepalive import CLIENT_SIDE, SERVER_SIDE
from trays.lanes import notify_channel
from trays.messages import Direction
from trays.queries import query

log = logging.getLogger(__name__)

WORKERS = AdvisoryLock.WORKER.value
SHORTEST, LONGEST = 0.1, 2.0


class WorkerLock:
    """Keeps one connection with the worker's advisory lock and LISTEN, reconnecting as needed.

    `worker` is the number under which lanes are held, None while there is no connection. Every
    connection draws a new number: lanes held under the old one are released by recovery.

    Args:
        calls: callbacks by channel, for notifications and after each reconnection.
        serves: part of the connection's name, after a blank (read by connectors/.../health.py).
    """

    def __init__(
        self,
        url: str,
        direction: Direction,
        calls: Mapping[str, Callable[[], None]],
        serves: str = "",
    ) -> None:
        self.worker: int | None = None
        self._url = url
        self._name = f"{notify_channel(direction)} {serves}".rstrip()
        self._calls = calls

    async def keep(self) -> None:
        """Runs until it is cancelled, also through database outages."""
        delay = SHORTEST
        while True:
            try:
                await self._live()
            except (psycopg.Error, OSError) as error:
                log.warning("a worker lost the database: %s", type(error).__name__)
            delay = SHORTEST if self.worker else min(delay * 2, LONGEST)
            self.worker = None
            await asyncio.sleep(delay)

    async def _live(self) -> None:
        async with await self._connect() as conn:
            await conn.execute(SERVER_SIDE)
            row = await (await conn.execute(query("register"), {"workers": WORKERS})).fetchone()
            for name in self._calls:
                await conn.execute(sql.SQL("LISTEN {}").format(sql.Identifier(name)))
            self.worker = row[0] if row else None
            for call in self._calls.values():
                call()
            await self._listen(conn)

    async def _listen(self, conn: psycopg.AsyncConnection[Any]) -> None:
        """Runs the callbacks for notifications until the connection is lost.

        psycopg's own `notifies` polls ten times a second, most of the CPU of a worker at rest. The
        socket is duplicated since psycopg itself watches the original number at times.
        """
        readable, loop = asyncio.Event(), asyncio.get_running_loop()
        socket = os.dup(conn.fileno())
        loop.add_reader(socket, readable.set)
        try:
            while True:
                conn.pgconn.consume_input()
                while rung := conn.pgconn.notifies():
                    self._calls[rung.relname.decode()]()
                readable.clear()
                await readable.wait()
        finally:
            loop.remove_reader(socket)
            os.close(socket)

    async def _connect(self) -> psycopg.AsyncConnection[Any]:
        conn: psycopg.AsyncConnection[Any] = await psycopg.AsyncConnection.connect(
            self._url, autocommit=True, application_name=self._name, **CLIENT_SIDE
        )
        return conn
