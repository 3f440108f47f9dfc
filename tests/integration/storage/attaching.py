"""Processes that attach to embedded clusters, and ways to look at what comes of it."""

import os
import secrets
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import psycopg

import settings
from storage.embedded import server
from tests.integration.room import fast_directory

ATTACHER = Path(__file__).with_name("attacher.py")


@dataclass
class Place:
    """A directory for a cluster, and the user who attaches to it ("" is who runs the tests)."""

    directory: Path
    uid: str

    @property
    def data(self) -> Path:
        return self.directory / "cluster"

    def postmaster(self) -> int:
        """The pid of the server that is meant to run now."""
        return server.postmaster_pid(self.data)

    @contextmanager
    def existing(self) -> Iterator[Self]:
        """Makes what lies above the directory; at the end kills the server and removes all."""
        home = self.directory.parents[1]
        home.mkdir()
        if self.uid:
            os.chown(home, int(self.uid), -1)
        home.chmod(0o755)
        yield self
        pid = self.postmaster()
        if pid and server.works_in(pid, self.data):
            os.kill(pid, signal.SIGQUIT)
            eventually(lambda: not server.works_in(pid, self.data))
        shutil.rmtree(home)


class Attacher:
    """A process of its own that attaches; see attacher.py."""

    def __init__(self, place: Place, task: str = "attach") -> None:
        self.process = subprocess.Popen(
            [sys.executable, ATTACHER, place.directory, place.uid, task],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT if task == "keep" else None,
            text=True,
            env={**os.environ, "PYTHONPATH": str(settings.ROOT)},
        )

    def says(self) -> str:
        """The URL that it prints, or its error."""
        return self.process.stdout.readline().strip()

    def attaches_again(self) -> str:
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        return self.says()

    def is_told_to_leave(self) -> None:
        self.process.stdin.close()

    def leaves(self) -> None:
        """Ends in good order."""
        self.is_told_to_leave()
        assert self.process.wait(60) == 0

    def dies(self) -> None:
        """Ends as by the kernel's out-of-memory killer."""
        self.process.kill()
        self.process.wait(60)


def new_place(uid: str = "") -> Place:
    """A place that does not exist, two levels below a directory that any user can enter."""
    home = fast_directory() / f"embedded-{secrets.token_hex(6)}"
    return Place(home / "not" / "yet there", uid)


def answers(url: str) -> bool:
    """Whether the server behind `url` takes a connection and answers."""
    try:
        with psycopg.connect(url, connect_timeout=3) as connection:
            return connection.execute("SELECT 1").fetchone() == (1,)
    except psycopg.OperationalError:
        return False


def eventually(holds: Callable[[], object], within: float = 60) -> float:
    """Waits until something holds; the seconds that it took."""
    start = time.monotonic()
    while not holds():
        assert time.monotonic() - start < within, f"not within {within} s"
        time.sleep(0.01)
    return time.monotonic() - start
