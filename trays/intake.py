"""The webhook's way in: accept, then wake the workers."""

import asyncio
import logging
import time
from collections.abc import Sequence

import psycopg
from psycopg_pool import PoolTimeout

from trays.accept import accept
from trays.bell import Bell
from trays.messages import Incoming, Receipt
from trays.pools import Pool

log = logging.getLogger(__name__)

# WhatsApp waits for its 200; beyond this it had better send the body again.
PATIENCE = 5.0


class Intake:
    """Accepts webhook bodies from a pool of connections, of which some may have died."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self._bell = Bell(pool)

    async def accept(self, messages: Sequence[Incoming], receipts: Sequence[Receipt] = ()) -> int:
        """Stores a body; once this returns it is safe to answer 200.

        Returns:
            How many messages were new.

        Raises:
            psycopg.Error, Unsettled: nothing is promised; answer 5xx and WhatsApp sends it again.
        """
        new = await self._accept(messages, receipts)
        if new:
            self._bell.ring("incoming")
        return new

    async def _accept(self, messages: Sequence[Incoming], receipts: Sequence[Receipt]) -> int:
        """Tries again while connections turn out to be dead: storing twice does no harm."""
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                async with self._pool.connection() as conn:
                    return await accept(conn, messages, receipts)
            except PoolTimeout:
                raise
            except psycopg.OperationalError as error:
                if time.monotonic() > deadline:
                    raise
                log.info("accepting once more after %s", type(error).__name__)
            await self._pool.check()
            await asyncio.sleep(0.05)
