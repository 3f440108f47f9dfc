"""Keeps processes running: starts them, restarts those that died or hang, and ends them all."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from settings import ROOT, heartbeat
from settings.announcing import print_line
from settings.ended_child import EndedChild
from settings.logs import Logs
from settings.models import DamagedModel
from settings.processes import Process
from settings.watch import HeartbeatSign, HttpSign, Sign, Watch

_PR_SET_PDEATHSIG = 1  # linux/prctl.h
_GRACE = 20.0  # seconds to finish work under way before SIGKILL
_HEALTHY_AFTER = 30.0  # seconds; a process that ran for so long is restarted at once
_LONGEST_PAUSE = 3.0
# Seconds between two checks: while something starts, and otherwise. A process that ends is noticed
# at once.
_BUSY_PAUSE, _PAUSE = 0.2, 1.0


class StartFailed(Exception):
    """A process ended before it was ready; the message has the end of its log."""


@dataclass
class Running:
    """One process and its restarts."""

    process: Process
    popen: subprocess.Popen[bytes]
    watch: Watch
    started: float = field(default_factory=time.monotonic)
    failures: int = 0
    restart_at: float | None = None


class Supervisor:
    """Starts processes and watches them.

    Each has a session of its own, so that Ctrl-C reaches only the supervisor."""

    def __init__(self, logs: Logs) -> None:
        self._logs = logs
        self._running: list[Running] = []
        self._ended = EndedChild()
        # Files that the processes share: their metrics (connectors/whatsapp/metrics.py), their ids,
        # and the heartbeats of those without a port.
        self._shared = tempfile.TemporaryDirectory(prefix="ordering-assistant-metrics-")
        for name in ("counters", "processes", "heartbeats"):
            self._path(name).mkdir()

    def start(self, process: Process) -> None:
        self._running.append(Running(process, self._spawn(process), self._watch(process)))

    def wait_ready(self, process: Process, patience: float) -> None:
        """Waits until the process has answered once; restarts others that die meanwhile.

        Raises:
            StartFailed: the process ended, or did not answer within `patience` seconds.
        """
        one = next(one for one in self._running if one.process is process)
        deadline = time.monotonic() + patience
        while not one.watch.has_answered:
            if one.popen.poll() is not None:
                raise StartFailed(f"{process.name} ended at once:\n{self._tail(process)}")
            if time.monotonic() > deadline:
                raise StartFailed(f"{process.name} did not answer:\n{self._tail(process)}")
            one.watch.look(time.monotonic())
            time.sleep(0.05)

    def tend(self) -> None:
        """Restarts processes that died or hang: at once after a long run, else after growing
        pauses."""
        for one in self._running:
            now = time.monotonic()
            if one.restart_at is not None:
                if now >= one.restart_at:
                    self._restart(one, now)
            elif one.popen.poll() is not None:
                one.failures = 0 if now - one.started > _HEALTHY_AFTER else one.failures + 1
                one.restart_at = now + min(_LONGEST_PAUSE, 0.2 * 2**one.failures)
                print_line(f"{one.process.name} ended ({one.popen.returncode}), restarting")
            elif one.watch.look(now):
                print_line(f"{one.process.name} does not answer, killing it")
                # A stopped process would not receive SIGTERM.
                _signal(one.popen, signal.SIGKILL)
                one.watch = self._watch(one.process)
        self._logs.tend()

    def rest(self) -> None:
        """Waits until a process ends, or for the pause between two checks."""
        is_busy = any(
            one.restart_at is not None or not one.watch.has_answered for one in self._running
        )
        self._ended.wait(_BUSY_PAUSE if is_busy else _PAUSE)

    def stop(self) -> None:
        """Ends all processes and their children, the last started first."""
        for one in reversed(self._running):
            one.watch.close()
            end_process(one.popen)
        self._shared.cleanup()

    def _restart(self, one: Running, now: float) -> None:
        try:
            one.popen = self._spawn(one.process)
        except (OSError, DamagedModel) as error:  # a full disk, no memory for a process, ...
            print_line(f"{one.process.name} cannot be started: {error}", sys.stderr)
            one.restart_at = now + _LONGEST_PAUSE
            return
        one.watch.close()
        one.started, one.restart_at, one.watch = now, None, self._watch(one.process)

    def _spawn(self, process: Process) -> subprocess.Popen[bytes]:
        command = (*process.command, *process.prepare())
        shared = {
            "PROMETHEUS_MULTIPROC_DIR": str(self._path("counters")),
            "PROCESSES_DIRECTORY": str(self._path("processes")),
            heartbeat.VARIABLE: str(self._heartbeat(process)),
        }
        with self._logs.open(process.name) as log:
            popen = subprocess.Popen(
                command,
                cwd=ROOT,
                env={**os.environ, **shared, **process.environment},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=die_with_parent,  # noqa: PLW1509 (we have one thread)
            )
        with contextlib.suppress(OSError):  # on a full disk its memory is not measured
            (self._path("processes") / process.name).write_text(str(popen.pid))
        return popen

    def _watch(self, process: Process) -> Watch:
        sign: Sign
        if process.port:
            sign = HttpSign(process.port, process.health)
        else:
            sign = HeartbeatSign(self._heartbeat(process))
        return Watch(sign)

    def _heartbeat(self, process: Process) -> Path:
        return self._path("heartbeats") / process.name

    def _path(self, name: str) -> Path:
        return Path(self._shared.name) / name

    def _tail(self, process: Process) -> str:
        return self._logs.tail(process.name)


def end_process(popen: subprocess.Popen[bytes]) -> None:
    """Ends a process and its children with SIGTERM, and after a while with SIGKILL."""
    _signal(popen, signal.SIGTERM)
    # A stopped process receives no other signal.
    _signal(popen, signal.SIGCONT)
    try:
        popen.wait(_GRACE)
    except subprocess.TimeoutExpired:
        _signal(popen, signal.SIGKILL)
        popen.wait()


def die_with_parent() -> None:
    """Asks Linux to send SIGTERM when the supervisor is killed, so that no process stays behind."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


def _signal(popen: subprocess.Popen[bytes], number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(popen.pid, number)
