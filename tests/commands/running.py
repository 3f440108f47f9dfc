"""Runs Rasa's commands in the project's root: to their end, as a server, or at a terminal."""

import contextlib
import os
import pty
import re
import select
import signal
import subprocess
import sys
import termios
import time
from collections.abc import Iterator
from types import TracebackType
from typing import Self

import requests

from settings import ROOT

# None listens there: a command that needs no database must not look for one.
NO_DATABASE = "postgresql://nobody@127.0.0.1:1/none"
PATIENCE = 600
# Rows and columns: `rasa interactive` draws the conversation as wide as it can.
SIZE = (40, 160)
# How a terminal is told about colours, the cursor and the title.
CONTROLS = re.compile(r"\x1b(\[[0-?]*[ -/]*[@-~]|\][^\x07]*\x07|[=>()][0-9A-Z]?)")


def command(*arguments: str) -> tuple[str, ...]:
    """`rasa` with these arguments, in this environment."""
    return (sys.executable, "-m", "rasa", *arguments)


def environment(database_url: str) -> dict[str, str]:
    """Ours with another database."""
    return {**os.environ, "DATABASE_URL": database_url, "PYTHONUNBUFFERED": "1"}


def rasa(*arguments: str, database_url: str = NO_DATABASE) -> subprocess.CompletedProcess[str]:
    """Runs a command to its end."""
    return subprocess.run(
        command(*arguments),
        cwd=ROOT,
        env=environment(database_url),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )


@contextlib.contextmanager
def server(url: str, *arguments: str, database_url: str) -> Iterator[str]:
    """A command that serves, once it answers at this address; ended afterwards."""
    process = subprocess.Popen(
        command(*arguments),
        cwd=ROOT,
        env=environment(database_url),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_until_answered(url, process)
        yield url
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(120)


def wait_until_answered(url: str, process: "subprocess.Popen[bytes]") -> None:
    """Waits for any answer; that of a server whose model is loaded, since Rasa serves only then."""
    ends = time.monotonic() + PATIENCE
    while time.monotonic() < ends:
        assert process.poll() is None, f"it ended with {process.returncode}"
        with contextlib.suppress(requests.ConnectionError, requests.Timeout):
            requests.get(url, timeout=30)
            return
        time.sleep(0.2)
    raise AssertionError(f"{url} does not answer")


class Terminal:
    """A command at a terminal of its own: what is typed, and what is shown."""

    def __init__(self, *arguments: str, database_url: str, **more: str) -> None:
        self._ours, theirs = pty.openpty()
        termios.tcsetwinsize(theirs, SIZE)
        self.shown = ""
        self._is_closed = False
        self._process = subprocess.Popen(
            command(*arguments),
            cwd=ROOT,
            # No answer comes to the question where the cursor is.
            env=environment(database_url) | {"PROMPT_TOOLKIT_NO_CPR": "1", **more},
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            start_new_session=True,
        )
        os.close(theirs)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait(120)
        os.close(self._ours)

    def shows(self, text: str, seconds: float = PATIENCE) -> str:
        """Waits until this is shown; what was shown before it is forgotten."""
        ends = time.monotonic() + seconds
        while text not in self.shown:
            left = ends - time.monotonic()
            assert left > 0, f"{text!r} is not shown, but:\n{self.shown}"
            assert not self._is_closed, f"it ended:\n{self.shown}"
            self._read(min(left, 1))
        before, _, self.shown = self.shown.partition(text)
        return before + text

    def types(self, line: str) -> None:
        """Types a line and Enter."""
        os.write(self._ours, f"{line}\r".encode())

    def ends(self) -> int:
        """Waits until the command has ended; returns its exit status."""
        ends = time.monotonic() + PATIENCE
        while self._process.poll() is None and time.monotonic() < ends:
            self._read(0.2)
        return self._process.wait(1)

    def _read(self, seconds: float) -> None:
        ready, _, _ = select.select([self._ours], [], [], seconds)
        if not ready:
            return
        try:
            read = os.read(self._ours, 65536).decode(errors="replace")
        except OSError:  # nobody holds the other end: the command is ending
            self._is_closed = True
            time.sleep(0.05)
            return
        self.shown += CONTROLS.sub("", read)
