"""Searches every row of every table for mentions of an erased customer.

The time depends on the size of the tables, so the search has a time limit, or runs after the
request and stores its result in `erasures`. The searched words are not stored, so an interrupted
search must be requested again.
"""

import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from uuid import UUID

from sqlalchemy import (
    Boolean,
    ColumnElement,
    DateTime,
    LargeBinary,
    Text,
    any_,
    cast,
    column,
    delete,
    func,
    inspect,
    select,
    table,
    text,
    update,
)
from sqlalchemy.dialects.postgresql import array
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from storage.models import Erasure

Sessions = Callable[[], AbstractContextManager[Session]]

# How long a page may take.
AT_ONCE = 2.0  # seconds
# Longer than reading the largest table: a search without progress for so long was interrupted.
SILENT_FOR = timedelta(minutes=15)
_SHOWN_FOR = timedelta(days=7)
# These columns hold no words; the bytes of a file may contain any number.
_WORDLESS = (LargeBinary, Boolean, DateTime)


def search_mentions(
    session: Session, signs: list[str], seconds: float = 0
) -> dict[str, int] | None:
    """How many rows of any table hold one of these words anywhere, by table.

    None for a table that could not be read within the limit.
    """
    begun, found = time.monotonic(), {}
    try:
        with session.begin_nested():
            for name in searched_tables(session):
                if seconds:
                    _limit(session, seconds - (time.monotonic() - begun))
                found[name] = count_mentions(session, name, signs)
            _limit(session, 0)
    except OperationalError as error:
        if getattr(error.orig, "sqlstate", None) != "57014":  # query_canceled
            raise
        return None
    return {name: count for name, count in found.items() if count}


def begin_search(session: Session, gone: dict[str, int]) -> Erasure:
    """Stores an erasure whose search continues; deletes old records."""
    session.execute(delete(Erasure).where(Erasure.created_at < func.now() - _SHOWN_FOR))
    erasure = Erasure(gone=gone)
    session.add(erasure)
    session.flush()
    return erasure


def continue_search(sessions: Sessions, erasure: UUID, signs: list[str]) -> None:
    """Searches table by table, each in its own transaction, and stores what was found."""
    found: dict[str, int] = {}
    with sessions() as session:
        names = searched_tables(session)
    for name in names:
        with sessions() as session:
            if rows := count_mentions(session, name, signs):
                found[name] = rows
            _keep(session, erasure, state="looking", mentioned=found)
    with sessions() as session:
        _keep(session, erasure, state="done", mentioned=found)


def repeat_search(erasure: Erasure) -> None:
    """Begins the search once more."""
    erasure.state, erasure.mentioned = "looking", {}
    erasure.updated_at = func.now()


def searched_tables(session: Session) -> list[str]:
    """All tables of the database, also those that other programs made."""
    return sorted(inspect(session.connection()).get_table_names())


def count_mentions(session: Session, name: str, signs: list[str]) -> int:
    """How many rows of a table hold one of these words."""
    patterns = array([f"%{sign}%" for sign in signs])
    words: list[ColumnElement[str]] = [
        cast(column(one["name"]), Text)
        for one in inspect(session.connection()).get_columns(name)
        if not isinstance(one["type"], _WORDLESS)
    ]
    if not words:
        return 0
    holds = func.concat_ws("\n", *words).like(any_(patterns))
    return session.scalar(select(func.count()).select_from(table(name)).where(holds)) or 0


def _limit(session: Session, seconds: float) -> None:
    """Sets the time limit of this transaction's statements; 0 means none."""
    milliseconds = max(int(seconds * 1000), 1) if seconds else 0
    limit = text("SELECT set_config('statement_timeout', :limit, true)")
    session.execute(limit, {"limit": str(milliseconds)})


def _keep(session: Session, erasure: UUID, **values: object) -> None:
    session.execute(update(Erasure).where(Erasure.id == erasure).values(**values))
