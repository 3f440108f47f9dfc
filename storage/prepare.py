"""Makes the database ready: `python -m storage.prepare` waits for it, migrates and seeds."""

import sys
import time

import psycopg
from sqlalchemy import create_engine, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

import settings
from storage import migrations, seeds
from storage.embedded import EmbeddedError
from storage.engine import MalformedUrl, database_url, sqlalchemy_url
from storage.keepalive import CLIENT_SIDE
from storage.migrations import online

PATIENCE = 60.0
# Any number that nobody else uses in this database, as long as it never changes.
PREPARING = 7_263_001


class Unreachable(Exception):
    """The database could not be reached; the message says where and why, in one line."""


def prepare(plain: str, patience: float = PATIENCE) -> None:
    """Migrates and seeds the database behind a libpq URL, in one transaction, then what has time.

    Any number of processes may do so at once: the first works, the others wait for it.

    Raises:
        Unreachable: the database does not answer within `patience` seconds.
    """
    engine = create_engine(sqlalchemy_url(plain), poolclass=NullPool)
    wait(plain, patience)
    with engine.begin() as connection:
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": PREPARING})
        migrations.upgrade(connection)
        seeds.sow(connection)
    online.run(engine)


def wait(plain: str, patience: float) -> None:
    """Returns when the database takes a connection; says on stderr why it does not, once."""
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
    """Why the database refuses a connection; libpq's words name host and user, no password."""
    try:
        psycopg.connect(plain, connect_timeout=CLIENT_SIDE["connect_timeout"]).close()
    except psycopg.OperationalError as error:
        return " ".join(str(error).split())
    return None


def main(patience: float = PATIENCE) -> int:
    """Prepares the configured database; 0, or 1 and one line that says what is wrong."""
    try:
        prepare(database_url(), patience)
    except (Unreachable, EmbeddedError, settings.SettingsError, MalformedUrl) as error:
        return _complain(str(error))
    except DBAPIError as error:  # no rights, a table of that name by somebody else, ...
        return _complain(f"the database refused: {error.orig}")
    return 0


def _complain(message: str) -> int:
    print(f"storage.prepare: {' '.join(message.split())}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
