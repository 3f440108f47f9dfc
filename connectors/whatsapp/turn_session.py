"""The Session of a turn, which keeps the order of locks that everybody keeps."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.orm import Session

from storage import engine
from storage.models import UserProfile
from trays import inbox
from trays.messages import Claim


class TurnSession(Session):
    """Locks the customer's lane before it changes the customer.

    Webhooks that come meanwhile lock in that order; the other way round both would wait for each
    other. A turn that changes no customer locks the lane only at its end.
    """

    def __init__(self, connection: Connection, claim: Claim) -> None:
        super().__init__(connection, expire_on_commit=False)
        self._claim = claim
        self._is_locked = False

    def flush(self, objects: Sequence[Any] | None = None) -> None:
        """Writes what has changed, as Session does."""
        if not self._is_locked and any(isinstance(row, UserProfile) for row in self.dirty):
            self._is_locked = True
            inbox.lock_lane(engine.driver(self), self._claim)
        super().flush(objects)
