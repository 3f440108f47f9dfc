"""The Session of a turn, which keeps the order of locks that everybody keeps."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.orm import Session, make_transient_to_detached

from storage import engine
from storage.models import UserProfile
from trays import turn_end
from trays.messages import Claim


class TurnSession(Session):
    """Knows the turn's customer from the start; locks their lane before it changes them.

    Webhooks that come meanwhile lock in that order; the other way round both would wait for each
    other. A turn that changes no customer locks the lane only at its end.
    """

    def __init__(self, connection: Connection, claim: Claim, profile: dict[str, Any]) -> None:
        """`profile` is the customer's row as the turn has read it."""
        super().__init__(connection, expire_on_commit=False)
        self._claim = claim
        self._is_locked = False
        # As if this Session had loaded it; referred to, so that it stays known.
        self._customer = UserProfile(**profile)
        make_transient_to_detached(self._customer)
        self.add(self._customer)

    def flush(self, objects: Sequence[Any] | None = None) -> None:
        """Writes what has changed, as Session does."""
        if not self._is_locked and any(isinstance(row, UserProfile) for row in self.dirty):
            self._is_locked = True
            turn_end.lock_lane(engine.driver(self), self._claim)
        super().flush(objects)
