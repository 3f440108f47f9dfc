"""Stores which orders and which waiting customers the staff have seen."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import func
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from storage.models import OrderSighting, Staff, WaitingSighting


def record_sightings(
    session: Session,
    sighting: type[OrderSighting | WaitingSighting],
    keys: Iterable[str | UUID],
    somebody: Staff,
) -> None:
    """Stores that somebody saw these orders or customers now, in place of earlier sightings."""
    [key] = sighting.__mapper__.primary_key
    rows = [{key.name: each, "staff_name": somebody.name} for each in keys]
    if rows:
        kept = insert(sighting).values(rows)
        again = {"at": func.now(), "staff_name": kept.excluded.staff_name}
        session.execute(kept.on_conflict_do_update(index_elements=[key], set_=again))
