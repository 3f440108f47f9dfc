"""Fills an empty database from a backup, then brings it to this program's tables."""

import subprocess
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import IO

import psycopg

from storage.advisory_locks import AdvisoryLock
from storage.backup.encryption import SUFFIX, check_key, start_decryption
from storage.backup.errors import BackupFailed
from storage.backup.making import server_major
from storage.backup.programs import connection_options, find_program
from storage.prepare import Unreachable, prepare_database

_MAGIC = b"PGDMP"  # how pg_dump's custom format begins
_EMPTY = """
SELECT NOT EXISTS (
    SELECT FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
    WHERE nspname NOT LIKE 'pg\\_%' AND nspname <> 'information_schema'
)
"""


def restore_backup(plain: str, file: Path, key: str | None) -> None:
    """Restores all or nothing: after an interrupted restore the database is empty.

    Raises:
        BackupFailed: the file cannot be read, the database is not empty or refuses something.
    """
    check_file(file, key)
    program = find_program("pg_restore", server_major(plain))
    with psycopg.connect(plain, autocommit=True) as connection:
        # Who starts meanwhile waits before it migrates.
        locked = connection.execute(
            "SELECT pg_try_advisory_lock(%s)", [AdvisoryLock.PREPARATION.value]
        ).fetchone()
        if locked != (True,) or connection.execute(_EMPTY).fetchone() != (True,):
            raise BackupFailed(
                "the database is not empty, and nothing was changed: stop the shop and restore "
                "into a new database (DATABASE_URL, or another DATA_DIRECTORY)"
            )
        _restore(program, plain, file, key)
    try:
        prepare_database(plain)
    except Unreachable as error:
        raise BackupFailed(f"restored; the migration is for the next start: {error}") from None


def check_file(file: Path, key: str | None) -> None:
    """Makes sure that the file is a backup that can be read to its end.

    Raises:
        BackupFailed: it is no backup, encrypted without a key, or damaged.
    """
    try:
        with file.open("rb") as opened:
            begins = opened.read(len(_MAGIC))
    except OSError as error:
        raise BackupFailed(f"{file}: {error.strerror}") from None
    if file.suffix != SUFFIX:
        if begins != _MAGIC:
            raise BackupFailed(f"{file} is no backup of this program")
    elif key is None:
        raise BackupFailed(f"{file} is encrypted: set BACKUP_KEY to the key it was made with")
    else:
        check_key(key, file)


def _restore(program: Path, plain: str, file: Path, key: str | None) -> None:
    with ExitStack() as stack:
        source: IO[bytes] | None
        if file.suffix == SUFFIX and key:
            gpg = stack.enter_context(start_decryption(key, file, subprocess.PIPE))
            source = gpg.stdout
        else:
            source = stack.enter_context(file.open("rb"))
        _run_pg_restore(program, plain, source)


def _run_pg_restore(program: Path, plain: str, source: IO[bytes] | None) -> None:
    where, environment = connection_options(plain)
    rights = ("--no-owner", "--no-privileges")
    command = (program, "--single-transaction", "--exit-on-error", *rights, "--dbname", where)
    with tempfile.TemporaryFile() as errors:
        ended = subprocess.run(command, check=False, stdin=source, stderr=errors, env=environment)
        if ended.returncode:
            errors.seek(0)
            reason = " ".join(errors.read().decode(errors="replace").split())
            # What it quotes under DETAIL or CONTEXT may be a customer's words.
            reason = reason.partition(" DETAIL:")[0].partition(" CONTEXT:")[0]
            raise BackupFailed(f"nothing was restored. pg_restore: {reason[:400]}")
