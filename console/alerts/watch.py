"""Looks what needs somebody, seconds after a message, and tells the phones.

It runs in the console's process: where the sender or the workers stand still, somebody must hear of
it, and web push needs none of them. Of several consoles one looks at a time.
"""

import logging
import threading
import time
from collections.abc import Callable
from contextlib import AbstractContextManager

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from console.alerts.pushing import MakeSender, push_to_all
from console.alerts.troubles import find_troubles
from shop.alerts import devices, raising
from shop.alerts.current import find_current
from shop.alerts.telling import Notification, word_notification
from storage.models import WhatsappMessage
from web_push.delivery import Subscription

log = logging.getLogger(__name__)

# Seconds between two glances, and between two looks while nobody writes: a shop at rest costs
# nothing. Orders and calls for a person begin with a message.
EVERY = 5.0
AT_REST = 60.0
Sessions = Callable[[], AbstractContextManager[Session]]
_Due = tuple[Notification, dict[int, Subscription], str]


class AlertWatch(threading.Thread):
    """The watch of one console; a look that fails is not the last one."""

    def __init__(self, sessions: Sessions, make_sender: MakeSender) -> None:
        super().__init__(name="alerts", daemon=True)
        self._sessions = sessions
        self._make_sender = make_sender
        self._is_over = threading.Event()
        self._newest: int | None = None
        self._looked_at = float("-inf")

    def stop(self) -> None:
        """Lets a look that is under way finish."""
        self._is_over.set()

    def run(self) -> None:
        """Until it is stopped, or the process ends."""
        while not self._is_over.wait(EVERY):
            try:
                self.look_if_due()
            except Exception as error:
                # Without its words, which may quote a row.
                log.warning("alerts: %s", type(error).__name__)

    def look_if_due(self) -> bool:
        """Looks where a message has come or gone since the last time, or that was long ago."""
        with self._sessions() as session:
            newest = session.scalar(select(func.max(WhatsappMessage.id)))
        is_due = newest != self._newest or time.monotonic() - self._looked_at >= AT_REST
        if is_due:
            self._newest, self._looked_at = newest, time.monotonic()
            self.look_once()
        return is_due

    def look_once(self) -> int:
        """How many phones were told."""
        with self._sessions() as session:
            due = _find_due(session)
        if due is None:
            return 0
        told, phones, key = due
        results = push_to_all(self._make_sender(key), phones, told)
        with self._sessions() as session:
            devices.store_results(session, results)
        return sum(result == "delivered" for result in results.values())


def _find_due(session: Session) -> _Due | None:
    """What is to be told, and to which phones with which key."""
    if not raising.lock_alerts(session):
        return None
    raising.update_alerts(session, [*find_current(session), *find_troubles(session)])
    alerts = raising.take_due(session)
    phones = devices.subscriptions(devices.list_devices(session))
    if not alerts or not phones:
        return None
    return word_notification(alerts), phones, devices.read_private_key(session)
