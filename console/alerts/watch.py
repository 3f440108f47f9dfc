"""Checks for alerts seconds after each message, and notifies the phones.

It runs in the console's process, since it must also report that the sender or the workers stand
still; web push needs neither of them. If several consoles run, one checks at a time.
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

# Seconds between two looks for new messages, and between two full checks while nobody writes.
# Orders and calls for a person begin with a message, so a quiet shop needs few full checks.
EVERY = 5.0
AT_REST = 60.0
Sessions = Callable[[], AbstractContextManager[Session]]
_Due = tuple[Notification, dict[int, Subscription], str]


class AlertWatch(threading.Thread):
    """The thread that checks for alerts; after a failed check it goes on."""

    def __init__(self, sessions: Sessions, make_sender: MakeSender) -> None:
        super().__init__(name="alerts", daemon=True)
        self._sessions = sessions
        self._make_sender = make_sender
        self._is_over = threading.Event()
        self._newest: int | None = None
        self._looked_at = float("-inf")

    def stop(self) -> None:
        """Ends the thread; a check that is under way finishes first."""
        self._is_over.set()

    def run(self) -> None:
        """Checks every few seconds until the thread is stopped or the process ends."""
        while not self._is_over.wait(EVERY):
            try:
                self.look_if_due()
            except Exception as error:
                # Only the type: the message may quote a row.
                log.warning("alerts: %s", type(error).__name__)

    def look_if_due(self) -> bool:
        """Checks if there are new messages or the last check is old; returns whether it did."""
        with self._sessions() as session:
            newest = session.scalar(select(func.max(WhatsappMessage.id)))
        is_due = newest != self._newest or time.monotonic() - self._looked_at >= AT_REST
        if is_due:
            self._newest, self._looked_at = newest, time.monotonic()
            self.look_once()
        return is_due

    def look_once(self) -> int:
        """Checks once and notifies the phones; returns how many got it."""
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
    """The notification that is due, the phones it goes to and the key to sign it; None if none."""
    if not raising.lock_alerts(session):
        return None
    raising.update_alerts(session, [*find_current(session), *find_troubles(session)])
    phones = devices.read_subscriptions(devices.list_devices(session))
    # Without a phone nothing counts as sent: the first that agrees gets what is still open.
    if not phones or not (alerts := raising.take_due(session)):
        return None
    return word_notification(alerts), phones, devices.read_private_key(session)
