"""The backup before a newer version changes an older database: the only way back."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine, text

import settings
from storage.advisory_locks import AdvisoryLock
from storage.backup.errors import BackupFailed
from storage.backup.making import Place, make_backup
from storage.migrations import stepwise

_PAUSE = 0.5  # seconds


@contextmanager
def backup_for_upgrade(plain: str, engine: Engine, say: Callable[[str], None]) -> Iterator[None]:
    """Makes a backup if migrations are missing; other processes wait until the block ends.

    Does nothing for a new database, for one that is up to date, or if BACKUP_BEFORE_UPGRADE is off.

    Raises:
        BackupFailed: the backup could not be made; nothing was migrated.
    """
    configured = settings.load_settings()
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        if not configured.backup_before_upgrade or not is_behind(connection):
            yield
            return
        wait_for_turn(connection)
        try:
            if is_behind(connection):
                say("This version changes the tables; making a backup before it does ...")
                say(f"the backup is {_make(plain, Place.of_settings(configured))}")
            yield
        finally:
            connection.execute(
                text("SELECT pg_advisory_unlock(:key)"), {"key": AdvisoryLock.UPGRADE.value}
            )


def is_behind(connection: Connection) -> bool:
    """Whether the database has tables of an older version."""
    try:
        return stepwise.next_revision(connection) not in (None, stepwise.ALL)
    except stepwise.NewerDatabase:
        return False


def wait_for_turn(connection: Connection) -> None:
    """Takes the lock of upgrades by asking for it repeatedly.

    A statement that waited inside PostgreSQL while another process makes its backup would block
    CREATE INDEX CONCURRENTLY.
    """
    locked = text("SELECT pg_try_advisory_lock(:key)").bindparams(key=AdvisoryLock.UPGRADE.value)
    while not connection.scalar(locked):
        time.sleep(_PAUSE)


def _make(plain: str, place: Place) -> str:
    try:
        return str(make_backup(plain, place))
    except BackupFailed as error:
        raise BackupFailed(
            f"no backup before the upgrade, so nothing was changed: {error} "
            "(BACKUP_BEFORE_UPGRADE=no upgrades without one)"
        ) from None
