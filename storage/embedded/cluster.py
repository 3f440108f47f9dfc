"""One cluster in one directory: checks, starts and stops its server.

Layout of the directory:
    cluster/            the data, owned by whom the server runs as
    password, port      what the URL is made of
    log                 what the server says
    *.lock              who is attached, who is starting it, whether any process of it lives
"""

import fcntl
import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg

from storage.embedded import ports, server
from storage.embedded.account import Account, choose_account
from storage.embedded.binaries import Binaries, find_binaries
from storage.embedded.errors import EmbeddedError
from storage.embedded.initialise import USER, initialise_cluster, is_complete, remove_drafts

PATIENCE = 60.0  # seconds: recovery after a crash may take its time
STARTS = 5  # tries: somebody may take the port first, or kill the server as it starts
PAUSE = 0.01  # seconds between two looks
CONNECT_TIMEOUT = 2  # libpq's least; for a port that somebody took who never answers


class Cluster:
    """A cluster and its server; only a real connection counts as running."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.data = directory / "cluster"
        self.log = directory / "log"
        self._password = directory / "password"
        self._port = directory / "port"

    def make_directory(self) -> None:
        """Makes the directory and its missing parents; existing directories keep their rights."""
        missing = [path for path in (self.directory, *self.directory.parents) if not path.exists()]
        # As root the server's user must get through; its data has mode 0700 of its own.
        mode = 0o755 if os.geteuid() == 0 else 0o700
        for path in reversed(missing):
            path.mkdir(exist_ok=True)
            path.chmod(mode)

    def url(self) -> str:
        """The libpq URL, password included."""
        if not self._password.exists():
            raise EmbeddedError(
                f"{self._password} is missing: put it back, or move {self.directory} away "
                "to begin with an empty database"
            )
        port = ports.read_port(self._port)
        return f"postgresql://{USER}:{self._password.read_text()}@{ports.LOOPBACK}:{port}/postgres"

    def answers(self) -> bool:
        """Whether the server takes a connection, with this cluster's password."""
        if ports.read_port(self._port) is None or not is_complete(self.data):
            return False
        try:
            psycopg.connect(self.url(), connect_timeout=CONNECT_TIMEOUT).close()
        except psycopg.OperationalError:
            return False
        return True

    def ensure(self) -> None:
        """Initialises and starts the server if it does not answer; returns when it does.

        Any number of processes may call this at once: one does the work, the others wait for it.
        """
        with self._starting():
            lock = self._wait()
            if lock is not None:
                self._start(lock)

    def stop(self) -> None:
        """Ends the server and its connections; returns when it is gone."""
        deadline = time.monotonic() + PATIENCE
        told = 0
        while (lock := self._running_lock()) is None and time.monotonic() < deadline:
            pid = server.postmaster_pid(self.data)
            if pid not in (0, told) and server.works_in(pid, self.data):
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGINT)  # a "fast" shutdown
                told = pid
            time.sleep(PAUSE)
        if lock is not None:
            os.close(lock)

    def _wait(self) -> int | None:
        """Waits for the server; returns None once it answers, or the running lock if it has
        died."""
        deadline = time.monotonic() + PATIENCE
        while not self.answers():
            if (lock := self._running_lock()) is not None:
                return lock
            # Some process of it lives: it is starting, recovering, or about to end.
            if time.monotonic() > deadline:
                raise EmbeddedError(f"PostgreSQL runs but does not answer: see {self.log}")
            time.sleep(PAUSE)
        return None

    def _start(self, lock: int) -> None:
        """Starts the server, which inherits the running lock and holds it while it lives."""
        for _ in range(STARTS):
            try:
                self._spawn(lock)
            finally:
                os.close(lock)
            died = self._wait()
            if died is None:
                return
            lock = died
        os.close(lock)
        raise EmbeddedError(f"PostgreSQL did not start: {server.last_words(self.log)}")

    def _spawn(self, lock: int) -> None:
        remove_drafts(self.directory)
        account = choose_account(self.data)
        binaries = self._binaries(account)
        server.drop_stale_pid(self.data)
        port = ports.keep_port(self._port)
        server.spawn_server(
            binaries.postgres, self.data, port=port, log=self.log, lock=lock, account=account
        )

    def _binaries(self, account: Account) -> Binaries:
        """The programs that fit the data; without data they make a new cluster first."""
        if account.switch and not account.can_enter(self.directory):
            raise EmbeddedError(
                f"PostgreSQL refuses to run as root, and user {account.uid}, as whom it would "
                f"run, cannot enter {self.directory}: choose a directory that everybody can enter"
            )
        if is_complete(self.data):
            version = int((self.data / "PG_VERSION").read_text())
            return find_binaries(version, account, self.directory)
        binaries = find_binaries(None, account, self.directory)
        initialise_cluster(self.data, self._password, binaries, account)
        return binaries

    @contextmanager
    def _starting(self) -> Iterator[None]:
        with (self.directory / "starting.lock").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _running_lock(self) -> int | None:
        """The lock that every process of a server inherits; None if such a process lives.

        Unlike a pid it cannot have passed to another program, and no zombie holds it.
        """
        lock = os.open(self.directory / "running.lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(lock)
            return None
        return lock
