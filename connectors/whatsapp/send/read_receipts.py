"""Shows customers at once that their message was read and is being answered."""

import asyncio
import logging
from collections.abc import Coroutine
from dataclasses import replace
from typing import Any

from connectors.whatsapp.api.errors import SendError
from connectors.whatsapp.api.graph_client import GraphClient
from connectors.whatsapp.send.messenger import Messenger

logger = logging.getLogger(__name__)

# The reply does not wait for this; with a slow API, receipts are skipped.
MOST_WAITING = 16
# After this time the reply is there.
TIMEOUTS = (3.0, 5.0)


class ReadReceipts:
    """Marks messages as read, with the typing indicator; failures are ignored.

    Used in a running event loop, on connections that stay open. `graph` is the API's endpoint.
    """

    def __init__(self, graph: GraphClient) -> None:
        endpoint = replace(graph.endpoint, timeouts=TIMEOUTS)
        self._messenger = Messenger(endpoint, most_connections=MOST_WAITING)
        self._waiting: set[asyncio.Task[None]] = set()

    def show(self, message_id: str) -> None:
        """Returns at once; skipped if too many are running."""
        if len(self._waiting) < MOST_WAITING:
            self._start_task(self._mark(message_id))

    def close(self) -> None:
        """Closes the connections when the event loop next runs; does not wait."""
        for task in self._waiting:
            task.cancel()
        self._start_task(self._messenger.close())

    def _start_task(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._waiting.add(task)
        task.add_done_callback(self._waiting.discard)

    async def _mark(self, message_id: str) -> None:
        try:
            await self._messenger.mark_read(message_id)
        except SendError as error:
            logger.info("not marked as read: %s", error)
