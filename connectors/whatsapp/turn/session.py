"""The SQLAlchemy Session of a turn, which keeps the common lock order."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.orm import Session, make_transient_to_detached

from connectors.whatsapp.turn.start import TurnStart
from shop.customers.open_matters import note_open_matters
from storage import engine
from storage.models import UserProfile
from trays import turn_end
from trays.messages import Claim


class TurnSession(Session):
    """Has the turn's customer preloaded; locks the customer's lane before changing the customer.

    Webhooks lock in that order too; the opposite order would cause deadlocks. A turn that does not
    change its customer locks the lane only at its end.
    """

    def __init__(self, connection: Connection, claim: Claim, start: TurnStart) -> None:
        """`start` is what the turn has read: the customer's row and open matters."""
        super().__init__(connection, expire_on_commit=False)
        self._claim = claim
        self._is_locked = False
        note_open_matters(self, start.open_matters)
        # As if this Session had loaded it; referred to, so that it stays known.
        self._customer = UserProfile(**start.profile)
        make_transient_to_detached(self._customer)
        self.add(self._customer)

    def flush(self, objects: Sequence[Any] | None = None) -> None:
        """Writes changes as Session does, after locking the lane if the customer changes."""
        if not self._is_locked and any(isinstance(row, UserProfile) for row in self.dirty):
            self._is_locked = True
            turn_end.lock_lane(engine.driver(self), self._claim)
        super().flush(objects)
