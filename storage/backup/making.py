"""Makes a backup: one consistent snapshot, however much is written meanwhile."""

import contextlib
import datetime
import os
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import psycopg

from settings import Settings
from storage.backup.encryption import SUFFIX, start_encryption
from storage.backup.errors import BackupFailed
from storage.backup.programs import connection_options, find_program

PREFIX, ENDING = "backup-", ".dump"
_DRAFT = ".incomplete"
_LOCK_MILLISECONDS = 60_000  # for a table that somebody holds for himself


@dataclass(frozen=True)
class Place:
    """Where backups are written, how many are kept, and the passphrase, or none."""

    directory: Path
    keep: int
    key: str | None

    @classmethod
    def of_settings(cls, configured: Settings) -> "Place":
        directory = configured.backup_directory or configured.data_directory / "backups"
        return cls(directory, configured.backup_keep, configured.backup_key)


def make_backup(plain: str, place: Place) -> Path:
    """Writes the database behind a libpq URL into a new file and deletes the oldest ones.

    The file has another name until it is complete, so a file with a backup's name is whole.

    Raises:
        BackupFailed: it could not be made; nothing older was deleted.
    """
    try:
        place.directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(suffix=_DRAFT, prefix=PREFIX, dir=place.directory)
    except OSError as error:
        raise BackupFailed(f"cannot write into {place.directory}: {error.strerror}") from None
    draft = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            _dump(plain, file, place.key)
            os.fsync(file.fileno())
        made = _publish(draft, place)
    except OSError as error:
        raise BackupFailed(f"{place.directory}: {error.strerror}") from None
    finally:
        draft.unlink(missing_ok=True)
    delete_oldest(place)
    return made


def list_backups(directory: Path) -> list[Path]:
    """The whole backups of a directory, the oldest first: their names begin with the time."""
    return sorted(path for path in directory.glob(f"{PREFIX}*{ENDING}*") if path.suffix != _DRAFT)


def delete_oldest(place: Place) -> None:
    """Keeps the newest `keep` backups."""
    for old in list_backups(place.directory)[: -place.keep]:
        with contextlib.suppress(OSError):
            old.unlink()


def server_major(plain: str) -> int:
    """The major version of the server.

    Raises:
        BackupFailed: the server does not answer.
    """
    try:
        with psycopg.connect(plain) as connection:
            return connection.info.server_version // 10_000
    except psycopg.OperationalError as error:
        raise BackupFailed(" ".join(str(error).split())) from None


def _dump(plain: str, file: IO[bytes], key: str | None) -> None:
    """Runs pg_dump in its custom format, through gpg if there is a key."""
    program = find_program("pg_dump", server_major(plain))
    where, environment = connection_options(plain)
    options = (f"--lock-wait-timeout={_LOCK_MILLISECONDS}", "--no-owner", "--no-privileges")
    command = (program, "--format=custom", *options, "--dbname", where)
    # Into a file: a full pipe of errors would stop both.
    with tempfile.TemporaryFile() as errors:
        with subprocess.Popen(
            command,
            stdout=subprocess.PIPE if key else file,
            stderr=errors,
            stdin=subprocess.DEVNULL,
            env=environment,
        ) as dumping:
            if key and dumping.stdout:
                with start_encryption(key, dumping.stdout, file) as gpg:
                    # gpg alone holds the other end now: pg_dump ends when gpg does.
                    dumping.stdout.close()
                    gpg.wait()
                if gpg.returncode:
                    raise BackupFailed("gpg could not encrypt the backup: is the disk full?")
        if dumping.returncode:
            errors.seek(0)
            reason = " ".join(errors.read().decode(errors="replace").split())
            raise BackupFailed(f"pg_dump: {reason[-400:]}")


def _publish(draft: Path, place: Place) -> Path:
    """Gives the file its name: the time in UTC to the microsecond, so that names sort and differ.

    The file's mode is 0600 from its beginning.
    """
    now = datetime.datetime.now(datetime.UTC)
    ending = ENDING + (SUFFIX if place.key else "")
    made = place.directory / f"{PREFIX}{now:%Y-%m-%dT%H-%M-%S-%fZ}{ending}"
    draft.rename(made)
    return made
