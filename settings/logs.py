"""The log files of `make run`: appended to over restarts, rotated, readable only by their owner."""

import contextlib
import datetime
import os
import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import BinaryIO

from settings import ROOT
from settings.announcing import print_line

DEFAULT_DIRECTORY = ROOT / "logs"
MOST_BYTES = 10_000_000
KEEP_DAYS = 14
KEEP_FILES = 10  # old ones of each process
LOOK_EVERY = 30.0  # seconds
_DAY = 86_400
_BLOCK = 65_536  # more than the free rest of the file's last disk block


class Logs:
    """One log per process. A full log, or one of another day, is copied to name.log.TIME.

    Raises:
        OSError: the directory cannot be created or written to.
    """

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        if directory == DEFAULT_DIRECTORY:
            directory.chmod(0o700)
        self._day = _today()
        self._look_at = 0.0
        for log in directory.glob("*.log"):
            log.chmod(0o600)
            if datetime.date.fromtimestamp(log.stat().st_mtime) != self._day:
                self._set_aside(log)
        self.tend()

    def open(self, name: str) -> BinaryIO:
        """The process's log, opened for appending."""
        handle = os.open(self._file(name), os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        with contextlib.suppress(OSError):  # on a full disk the process starts all the same
            os.write(handle, f"== {time.strftime('%Y-%m-%d %H:%M:%S')} {name} starts\n".encode())
        return os.fdopen(handle, "ab")

    def try_writing(self) -> None:
        """Checks that some lines can be written.

        Raises:
            OSError: they cannot be written.
        """
        with tempfile.TemporaryFile(dir=self.directory) as file:
            file.write(bytes(_BLOCK))
            file.flush()

    def tail(self, name: str, lines: int = 15) -> str:
        """The last lines of the process's log since its last start."""
        text = self._file(name).read_text(errors="replace").rpartition(f" {name} starts\n")[2]
        return "\n".join(text.splitlines()[-lines:])

    def tend(self) -> None:
        """Rotates full and old logs and deletes expired ones; checks at intervals."""
        if time.monotonic() < self._look_at:
            return
        self._look_at = time.monotonic() + LOOK_EVERY
        is_new_day, self._day = self._day != _today(), _today()
        for log in self.directory.glob("*.log"):
            if is_new_day or log.stat().st_size > MOST_BYTES:
                self._set_aside(log)
            self._delete_old(log)

    def _set_aside(self, log: Path) -> None:
        """Copies the log and truncates it, since the process goes on writing to the same file."""
        if not log.stat().st_size:
            return
        aside = log.with_name(f"{log.name}.{time.strftime('%Y%m%d-%H%M%S')}")
        try:
            with log.open("rb") as old, open(aside, "xb", opener=_privately) as new:
                shutil.copyfileobj(old, new)
        except OSError as error:
            # The disk is full: room for the database matters more than old log lines.
            print_line(f"{log.name} is cut, not kept: {error.strerror}", sys.stderr)
            aside.unlink(missing_ok=True)
        os.truncate(log, 0)

    def _delete_old(self, log: Path) -> None:
        asides = sorted(self.directory.glob(f"{log.name}.*"), reverse=True)
        for number, aside in enumerate(asides):
            with contextlib.suppress(FileNotFoundError):
                age = time.time() - aside.stat().st_mtime
                if number >= KEEP_FILES or age > KEEP_DAYS * _DAY:
                    aside.unlink()

    def _file(self, name: str) -> Path:
        return self.directory / f"{name}.log"


def _privately(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _today() -> datetime.date:
    return datetime.date.today()
