"""Stores what Meta said of our number and token, for the alerts."""

from datetime import datetime

from sqlalchemy import func
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from storage.models import AccountState


def store_account_state(
    session: Session, number: str, quality: str, token_expires_at: datetime | None
) -> None:
    """Stores what was just read; an empty `quality` is unknown and keeps the last one."""
    values = {"token_expires_at": token_expires_at, "looked_at": func.now()}
    known = values | ({"quality": quality} if quality else {})
    put = insert(AccountState).values(number=number, **known)
    session.execute(put.on_conflict_do_update(index_elements=["number"], set_=known))


def read_account_state(session: Session, number: str) -> AccountState | None:
    """The stored state; None if Meta was never asked."""
    return session.get(AccountState, number)
