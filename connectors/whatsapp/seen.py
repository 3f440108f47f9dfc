"""Shows customers at once that their message was read and is being answered."""

import logging
from concurrent.futures import Future, ThreadPoolExecutor

from connectors.whatsapp.errors import SendError
from connectors.whatsapp.graph import GraphClient

logger = logging.getLogger(__name__)

# The reply never waits for this: few threads of its own, and none queue up behind a slow API.
AT_ONCE = 4
MOST_WAITING = 16


class Seen:
    """Marks messages as read, with the typing indicator; its failure is no loss."""

    def __init__(self, graph: GraphClient) -> None:
        self._graph = graph
        self._threads = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="seen")
        self._waiting: set[Future[None]] = set()

    def show(self, message_id: str) -> None:
        """Returns at once; left out when too many are under way."""
        if len(self._waiting) >= MOST_WAITING:
            return
        marking = self._threads.submit(self._mark, message_id)
        self._waiting.add(marking)
        marking.add_done_callback(self._waiting.discard)

    def close(self) -> None:
        """Waits for nobody."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    def _mark(self, message_id: str) -> None:
        try:
            self._graph.mark_read(message_id)
        except SendError as error:
            logger.info("not marked as read: %s", error)
