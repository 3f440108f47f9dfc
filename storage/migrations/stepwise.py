"""Brings a database that is in use to the newest tables: one migration a transaction, with retries.

If another transaction holds a table for long (a backup, a forgotten psql), the migration is rolled
back and tried again after a pause, so that others do not queue behind it.
"""

import random
import time
from collections.abc import Callable

from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from psycopg.errors import DeadlockDetected, LockNotAvailable
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import OperationalError

from storage import migrations
from storage.advisory_locks import AdvisoryLock, lock_until_commit

PATIENCE = 60.0  # seconds, for all migrations together
_PAUSE = 0.5  # seconds, at least
ALL = "head"

_OLDEST = """
SELECT format('process %s (%s), since %s', pid, coalesce(nullif(application_name, ''), usename),
    to_char(xact_start, 'YYYY-MM-DD HH24:MI:SS TZ'))
FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid() AND xact_start IS NOT NULL
ORDER BY xact_start LIMIT 1
"""


class TablesHeld(Exception):
    """Another transaction holds the tables that must change; the message says whose."""


class NewerDatabase(Exception):
    """A newer release of this program has migrated the database; the message is its revision."""


def upgrade_stepwise(
    engine: Engine,
    finish: Callable[[Connection], None],
    say: Callable[[str], None],
    patience: float = PATIENCE,
) -> None:
    """Runs the missing migrations, then `finish` in a last transaction.

    Any number of processes may do so at once: they take turns.

    Raises:
        TablesHeld: a table is still locked after `patience` seconds.
        NewerDatabase: the database has a migration that this program does not know.
    """
    deadline = time.monotonic() + patience
    said = False
    while True:
        try:
            if _take_step(engine, finish):
                return
        except OperationalError as error:
            if not isinstance(error.orig, LockNotAvailable | DeadlockDetected):
                raise
            holder = oldest_transaction(engine)
            if not said:
                say(f"Waiting for a table; the oldest transaction is {holder}")
                said = True
            if time.monotonic() > deadline:
                raise TablesHeld(
                    f"a table is held by another transaction; the oldest is {holder}: end it"
                ) from None
            time.sleep(_PAUSE * (1 + random.random()))  # noqa: S311 (two must not keep in step)


def newest_revision() -> str:
    """The last migration that this program knows."""
    return str(ScriptDirectory(str(migrations.DIRECTORY)).get_current_head())


def oldest_transaction(engine: Engine) -> str:
    """The oldest transaction, in words for a message: its process and its start."""
    with engine.connect() as connection:
        return str(connection.scalar(text(_OLDEST)) or "over by now")


def _take_step(engine: Engine, finish: Callable[[Connection], None]) -> bool:
    """Runs the next migration in a transaction of its own; True if none is left."""
    with engine.begin() as connection:
        lock_until_commit(connection, AdvisoryLock.PREPARATION)
        revision = next_revision(connection)
        if revision is None:
            finish(connection)
            return True
        migrations.upgrade(connection, revision)
    return False


def next_revision(connection: Connection) -> str | None:
    """The next revision; None at the end, and all at once for an empty database."""
    scripts = ScriptDirectory.from_config(migrations.configure_alembic(connection))
    oldest_first = [script.revision for script in scripts.walk_revisions()][::-1]
    done = MigrationContext.configure(connection).get_current_heads()
    if newer := sorted(set(done) - set(oldest_first)):
        raise NewerDatabase(", ".join(newer))
    if not done:
        return ALL
    place = oldest_first.index(done[0]) + 1
    return oldest_first[place] if place < len(oldest_first) else None
