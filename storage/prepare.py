"""Makes the database ready: `python -m storage.prepare` waits for it, migrates and seeds."""

import sys
import time
from contextlib import nullcontext
from typing import Any

import psycopg
from sqlalchemy import create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

import settings
from settings.errors import DocstringError
from storage import seeds
from storage.backup import upgrading
from storage.backup.errors import BackupFailed
from storage.embedded.errors import EmbeddedError
from storage.engine import MalformedUrl, database_url, hide_values, sqlalchemy_url
from storage.keepalive import CLIENT_SIDE
from storage.migrations import apply_online, stepwise

PATIENCE = 60.0


class Unreachable(Exception):
    """The database could not be reached or made ready; the message says why, in one line."""


class Pooled(DocstringError, Unreachable):
    """The database is behind a pooler in transaction mode: use session mode, or none."""


def prepare_database(plain: str, patience: float = PATIENCE, *, with_backup: bool = False) -> None:
    """Migrates and seeds the database behind a libpq URL, then runs the steps of online.py.

    `with_backup` makes a backup before an older database is changed, unless a setting says no.

    Any number of processes may do so at once: one does the work, the others wait for it.

    Raises:
        Unreachable: the database does not answer within `patience` seconds, or somebody holds
            its tables for as long, or the backup could not be made.
        Pooled: it is behind a pooler in transaction mode.
    """
    engine = create_engine(sqlalchemy_url(plain), poolclass=NullPool, hide_parameters=True)
    event.listen(engine, "handle_error", hide_values)
    wait_for_database(plain, patience)
    refuse_pooler(plain)
    try:
        with upgrading.backup_for_upgrade(plain, engine, _say) if with_backup else nullcontext():
            stepwise.upgrade_stepwise(engine, seeds.apply_seeds, _say, patience)
    except stepwise.NewerDatabase as newer:
        _say(f"the database is newer ({newer}) than this program, which serves on: update it")
        return
    except (stepwise.TablesHeld, BackupFailed) as error:
        raise Unreachable(str(error)) from None
    apply_online.run_online_steps(engine)


def refuse_pooler(plain: str) -> None:
    """Makes sure that each connection has a server process of its own, for locks and LISTEN.

    A pooler in transaction mode gives the server process of one connection to the next.

    Raises:
        Pooled: such a pooler stands between.
    """
    options: dict[str, Any] = {**CLIENT_SIDE, "prepare_threshold": None}
    try:
        with (
            psycopg.connect(plain, autocommit=True, **options) as first,
            psycopg.connect(plain, **options) as second,
        ):
            used = first.execute("SELECT pg_backend_pid()").fetchone()
            if second.execute("SELECT pg_backend_pid()").fetchone() == used:
                raise Pooled
    except psycopg.OperationalError as error:
        raise Unreachable(" ".join(str(error).split())) from None


def wait_for_database(plain: str, patience: float) -> None:
    """Waits until the database takes a connection; says once on stderr why it does not."""
    deadline = time.monotonic() + patience
    told = False
    while reason := _refusal(plain):
        if time.monotonic() >= deadline:
            raise Unreachable(f"gave up after {patience:g} s: {reason}")
        if not told:
            print(f"Waiting for the database: {reason}", file=sys.stderr, flush=True)
            told = True
        time.sleep(0.25)


def _refusal(plain: str) -> str | None:
    """Why the database refuses a connection, in libpq's words, which hold no password."""
    try:
        psycopg.connect(plain, connect_timeout=CLIENT_SIDE["connect_timeout"]).close()
    except psycopg.OperationalError as error:
        return " ".join(str(error).split())
    return None


def main(patience: float = PATIENCE) -> int:
    """Prepares the configured database; 0, or 1 and one line that says what is wrong."""
    try:
        prepare_database(database_url(), patience, with_backup=True)
    except (Unreachable, EmbeddedError, settings.SettingsError, MalformedUrl) as error:
        return _complain(str(error))
    except DBAPIError as error:  # no rights, a table of that name by somebody else, ...
        return _complain(f"the database refused: {error.orig}")
    return 0


def _complain(message: str) -> int:
    _say(message)
    return 1


def _say(message: str) -> None:
    print(f"storage.prepare: {' '.join(message.split())}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
