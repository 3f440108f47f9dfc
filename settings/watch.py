"""Checks whether a process makes progress, without blocking."""

import contextlib
import select
import socket
import time
from pathlib import Path
from typing import Protocol

# A busy process answers late, a hung one never. So a process hangs only after so many failed checks
# in a row.
MOST_MISSED = 3
ANSWER_SECONDS = 3.0
PAUSE = 4.0  # seconds between an answer and the next check
STARTING_PAUSE = 0.2
# Seconds until the first answer: a process loads, waits for the database or recovers it.
START_SECONDS = 240.0
# Seconds between two looks that mean that the supervisor was suspended: earlier results are void.
LATE_SECONDS = 2.5

_LOOPBACK = "127.0.0.1"
_ERRORS = 500


class Sign(Protocol):
    """A way to check a process."""

    def ask(self) -> None:
        """Starts a check."""

    def answer(self) -> bool | None:
        """The result of the check; None while it is not known."""

    def drop(self) -> None:
        """Cancels the check."""


class HttpSign:
    """Checks that a GET is answered with a status below 500."""

    def __init__(self, port: int, path: str) -> None:
        self._port = port
        request = f"GET {path} HTTP/1.1\r\nHost: {_LOOPBACK}:{port}\r\nConnection: close\r\n\r\n"
        self._request = request.encode()
        self._connection: socket.socket | None = None
        self._unsent = self._head = b""

    def ask(self) -> None:
        self.drop()
        self._connection = socket.socket()
        self._connection.setblocking(False)
        self._connection.connect_ex((_LOOPBACK, self._port))
        self._unsent, self._head = self._request, b""

    def answer(self) -> bool | None:
        if self._connection is None:
            return False
        readable, writable, _ = select.select(
            [self._connection], [self._connection] if self._unsent else [], [], 0
        )
        try:
            if writable:
                self._unsent = self._unsent[self._connection.send(self._unsent) :]
            if readable:
                return self._read_answer(self._connection.recv(4096))
        except BlockingIOError:
            return None
        except OSError:
            return False
        return None

    def _read_answer(self, more: bytes) -> bool | None:
        self._head += more
        words = self._head.split(b" ", 2)
        if len(words) > 2:  # noqa: PLR2004 (version, status, the rest)
            return words[1].isdigit() and int(words[1]) < _ERRORS
        return None if more else False

    def drop(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None


class HeartbeatSign:
    """Checks that the time of the heartbeat file changes (settings/heartbeat.py)."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._seen = self._time()

    def ask(self) -> None:
        """Starts a check of whether the time has changed since the last `answer`."""

    def answer(self) -> bool | None:
        before, self._seen = self._seen, self._time()
        return True if self._seen != before else None

    def drop(self) -> None:
        """Does nothing: no connection is open."""

    def _time(self) -> int:
        with contextlib.suppress(FileNotFoundError):
            return self._file.stat().st_mtime_ns
        return 0


class Watch:
    """Watches one process from its start. Call `look` often; it never waits."""

    def __init__(self, sign: Sign, now: float | None = None) -> None:
        self.has_answered = False
        self._sign = sign
        self._started = self._looked = time.monotonic() if now is None else now
        self._next_at = self._started
        self._asked_at: float | None = None
        self._missed = 0

    def look(self, now: float) -> bool:
        """Whether the process hangs.

        It hangs if several checks in a row failed, or all since its start.
        """
        if now - self._looked > LATE_SECONDS:
            self._forgive(now)
        self._looked = now
        if self._asked_at is None:
            if now < self._next_at:
                return False
            self._sign.ask()
            self._asked_at = now
        answer = self._sign.answer()
        if answer is None and now - self._asked_at < ANSWER_SECONDS:
            return False
        self._count_answer(bool(answer), now, self._asked_at)
        if self.has_answered:
            return self._missed >= MOST_MISSED
        return now - self._started > START_SECONDS

    def close(self) -> None:
        self._sign.drop()

    def _count_answer(self, is_good: bool, now: float, asked_at: float) -> None:
        self._sign.drop()
        self._asked_at = None
        if is_good:
            self.has_answered, self._missed, self._next_at = True, 0, now + PAUSE
            return
        self._missed += 1
        # A check that fails at once is followed by the same pause as one that times out.
        self._next_at = asked_at + ANSWER_SECONDS if self.has_answered else now + STARTING_PAUSE

    def _forgive(self, now: float) -> None:
        self._sign.drop()
        self._asked_at, self._missed, self._next_at = None, 0, now
