"""Runs the missing steps of online.py, each by itself, without blocking anybody.

An interrupted step is done at the next start; a finished one costs one query. If a transaction
holds a row or an old snapshot for long (a backup), the steps wait for a minute in all, and the rest
is left to the next start.
"""

import sys
import time
from collections.abc import Iterable

from psycopg.errors import DeadlockDetected, LockNotAvailable
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError

from storage.advisory_locks import AdvisoryLock
from storage.migrations.online import STEPS, Filling, Index

# Any number that nobody else locks in this database.
WORKING = AdvisoryLock.ONLINE_STEPS.value
# A table of so many pages is worth a word while its index is made.
_BIG = 10_000
LOCK_TIMEOUT = "10s"
PATIENCE = 60.0  # seconds of waiting for others, for all steps together


def run_online_steps(engine: Engine, patience: float = PATIENCE) -> None:
    """Runs the missing steps, unless another process is running them.

    A step that fails is reported on stderr: without an index the shop is slower, not wrong.
    """
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        missing = missing_steps(connection)
        locked = text("SELECT pg_try_advisory_lock(:key)").bindparams(key=WORKING)
        # No waiting for the lock: CREATE INDEX CONCURRENTLY waits for whoever waits for it.
        if not missing or not connection.scalar(locked):
            return
        try:
            connection.execute(text(f"SET lock_timeout = '{LOCK_TIMEOUT}'"))
            _do_all(connection, missing, patience)
        finally:
            connection.execute(text("RESET lock_timeout"))
            connection.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": WORKING})


def _do_all(connection: Connection, missing: Iterable[Index | Filling], patience: float) -> None:
    """Runs the steps one after the other; a blocked one is tried again until `patience` is used
    up."""
    for step in missing:
        while True:
            began = time.monotonic()
            try:
                _do(connection, step)
                break
            except DBAPIError as error:
                if not isinstance(error.orig, LockNotAvailable | DeadlockDetected):
                    _say(f"{step.name}: {error.orig}")
                    break
            patience -= time.monotonic() - began
            if patience < 0:
                _say(f"{step.name}: others hold it up, it is done at the next start")
                return


def missing_steps(connection: Connection) -> list[Index | Filling]:
    made = connection.scalars(
        text(
            "SELECT relname FROM pg_class JOIN pg_index ON indexrelid = pg_class.oid "
            "WHERE indisvalid AND relnamespace = current_schema()::regnamespace "
            "UNION ALL SELECT name FROM online_steps"
        )
    )
    done = set(made)
    return [step for step in STEPS if step.name not in done]


def _do(connection: Connection, step: Index | Filling) -> None:
    if isinstance(step, Index):
        _make(connection, step)
    else:
        _fill(connection, step)


def _make(connection: Connection, index: Index) -> None:
    table = index.on.split()[0]
    pages = connection.scalar(
        text("SELECT relpages FROM pg_class WHERE oid = CAST(:name AS regclass)"), {"name": table}
    )
    if (pages or 0) > _BIG:
        _say(f"making the index {index.name}")
    # What an interrupted attempt left behind is not used by any query.
    connection.execute(text(f"DROP INDEX CONCURRENTLY IF EXISTS {index.name}"))
    connection.execute(text(f"CREATE INDEX CONCURRENTLY {index.name} ON {index.on}"))
    if index.instead_of:
        connection.execute(text(f"DROP INDEX CONCURRENTLY IF EXISTS {index.instead_of}"))


def _fill(connection: Connection, filling: Filling) -> None:
    while connection.execute(text(filling.sql)).rowcount:
        pass
    connection.execute(
        text("INSERT INTO online_steps (name) VALUES (:name) ON CONFLICT DO NOTHING"),
        {"name": filling.name},
    )


def _say(message: str) -> None:
    print(f"storage.prepare: {message}", file=sys.stderr, flush=True)
