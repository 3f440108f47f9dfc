"""The webhook's way in: accept, then wake the workers."""

import logging
from collections.abc import Sequence

import psycopg

from trays.accept import accept
from trays.bell import Bell
from trays.messages import Incoming, Receipt
from trays.pools import Pool

log = logging.getLogger(__name__)


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
        try:
            new = await self._accept(messages, receipts)
        except psycopg.OperationalError as error:
            # After a restart every connection in the pool is dead; storing twice does no harm.
            log.info("accepting once more after %s", type(error).__name__)
            await self._pool.check()
            new = await self._accept(messages, receipts)
        if new:
            self._bell.ring("incoming")
        return new

    async def _accept(self, messages: Sequence[Incoming], receipts: Sequence[Receipt]) -> int:
        async with self._pool.connection() as conn:
            return await accept(conn, messages, receipts)
