"""Keeps processes running: starts, restarts with patience, ends every one of them."""

import contextlib
import ctypes
import os
import signal
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

from settings import ROOT
from settings.processes import Process

_PR_SET_PDEATHSIG = 1  # linux/prctl.h
_GRACE = 20.0  # seconds to finish what is in hand before SIGKILL
_HEALTHY_AFTER = 30.0  # seconds; a process that lived so long restarts at once
_LONGEST_PAUSE = 3.0


class StartFailed(Exception):
    """A process ended before it was ready; the message holds the end of its log."""


@dataclass
class Running:
    """One process and its restarts."""

    process: Process
    popen: subprocess.Popen[bytes]
    started: float = field(default_factory=time.monotonic)
    failures: int = 0
    restart_at: float | None = None


class Supervisor:
    """Starts processes, each in a session of its own, so that Ctrl-C reaches only us."""

    def __init__(self, logs: Path) -> None:
        self._logs = logs
        self._running: list[Running] = []
        logs.mkdir(parents=True, exist_ok=True)
        # What the processes count together (connectors/whatsapp/metrics.py), from zero.
        self._counters = tempfile.TemporaryDirectory(prefix="ordering-assistant-metrics-")

    def start(self, process: Process) -> None:
        self._running.append(Running(process, self._spawn(process, "wb")))

    def wait_ready(self, process: Process, patience: float) -> None:
        """Returns when the process answers.

        Raises:
            StartFailed: it ended, or did not answer within `patience` seconds.
        """
        popen = next(one.popen for one in self._running if one.process is process)
        deadline = time.monotonic() + patience
        while process.ready_url and not answers(process.ready_url):
            if popen.poll() is not None:
                raise StartFailed(f"{process.name} ended at once:\n{self._tail(process)}")
            if time.monotonic() > deadline:
                raise StartFailed(f"{process.name} did not answer:\n{self._tail(process)}")
            time.sleep(0.1)

    def tend(self) -> None:
        """Restarts what has died: at once after a long life, later and later otherwise."""
        now = time.monotonic()
        for one in self._running:
            if one.restart_at is None and one.popen.poll() is not None:
                one.failures = 0 if now - one.started > _HEALTHY_AFTER else one.failures + 1
                one.restart_at = now + min(_LONGEST_PAUSE, 0.2 * 2**one.failures)
                print(f"{one.process.name} ended ({one.popen.returncode}), restarting", flush=True)
            elif one.restart_at is not None and now >= one.restart_at:
                one.popen, one.started, one.restart_at = self._spawn(one.process, "ab"), now, None

    def stop(self) -> None:
        """Ends every process, the last started first, with everything it started."""
        for one in reversed(self._running):
            _signal(one.popen, signal.SIGTERM)
            try:
                one.popen.wait(_GRACE)
            except subprocess.TimeoutExpired:
                _signal(one.popen, signal.SIGKILL)
                one.popen.wait()

    def _spawn(self, process: Process, mode: str) -> subprocess.Popen[bytes]:
        with (self._logs / f"{process.name}.log").open(mode) as log:
            return subprocess.Popen(
                process.command,
                cwd=ROOT,
                env={
                    **os.environ,
                    "PROMETHEUS_MULTIPROC_DIR": self._counters.name,
                    **process.environment,
                },
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=_die_with_parent,  # noqa: PLW1509 (we have one thread)
            )

    def _tail(self, process: Process) -> str:
        log = self._logs / f"{process.name}.log"
        return "\n".join(log.read_text(errors="replace").splitlines()[-15:])


def answers(url: str) -> bool:
    """Whether a server is there; what it says does not matter."""
    try:
        urllib.request.urlopen(url, timeout=1)  # noqa: S310 (our own loopback address)
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
    return True


def _die_with_parent() -> None:
    """Asks Linux for a SIGTERM when the supervisor is killed, so that nothing is left behind."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


def _signal(popen: subprocess.Popen[bytes], number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(popen.pid, number)
