"""The supervisor restarts what hangs as well as what died, with real processes."""

import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from benchmarks.machine import free_port
from settings import run
from settings.logs import Logs
from settings.processes import Process
from settings.supervisor import Supervisor
from tests.processes import command_of, descendants

PROCESS = (sys.executable, str(Path(__file__).with_name("process.py")))
PATIENCE = 60
UNTIL_ANSWERED = """
import socket, sys, time
for _ in range(1200):
    with socket.socket() as probe:
        if probe.connect_ex(("127.0.0.1", int(sys.argv[1]))) == 0:
            break
    time.sleep(0.1)
"""


@pytest.fixture
def logs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Logs:
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).resolve().parents[3]))
    return Logs(tmp_path / "logs")


@pytest.fixture
def supervisor(logs: Logs) -> Iterator[Supervisor]:
    made = Supervisor(logs)
    yield made
    made.stop()


def tended(supervisor: Supervisor, holds: Callable[[], object]) -> None:
    """Tends until it holds."""
    deadline = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < deadline
        supervisor.tend()
        time.sleep(0.1)


def ours(word: str) -> list[int]:
    return [pid for pid in descendants(os.getpid()) if f"process.py {word}" in command_of(pid)]


def started(supervisor: Supervisor, process: Process, word: str) -> int:
    supervisor.start(process)
    supervisor.wait_ready(process, PATIENCE)
    [pid] = ours(word)
    return pid


def make_process(name: str = "http") -> Process:
    """A process that answers on a port of its own, or beats."""
    if name == "beat":
        return Process("beat", (*PROCESS, "beat"))
    port = free_port()
    return Process("http", (*PROCESS, "http", str(port)), port, health="/")


@pytest.mark.parametrize("name", ["http", "beat"])
@pytest.mark.parametrize("blow", [signal.SIGSTOP, signal.SIGKILL])
def test_what_is_stopped_or_killed_is_replaced(
    supervisor: Supervisor, name: str, blow: signal.Signals
) -> None:
    process = make_process(name)
    pid = started(supervisor, process, process.name)
    os.kill(pid, blow)
    tended(supervisor, lambda: [new for new in ours(process.name) if new != pid])
    assert not Path(f"/proc/{pid}").exists()
    supervisor.wait_ready(process, PATIENCE)


def test_a_log_is_private_and_kept(supervisor: Supervisor, logs: Logs) -> None:
    process = make_process()
    os.kill(started(supervisor, process, "http"), signal.SIGKILL)
    log = logs.directory / "http.log"
    tended(supervisor, lambda: log.read_text().count("I am here") == 2)
    assert log.stat().st_mode & 0o777 == 0o600


def test_a_signal_while_training_leaves_no_orphan(supervisor: Supervisor, logs: Logs) -> None:
    log, deadline = logs.directory / "train.log", time.monotonic() + PATIENCE

    def stop(*_: object) -> None:
        # It has started, and its child too.
        if log.read_text().count("I am here") == 2 or time.monotonic() > deadline:
            raise run.Stopped

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, 1, 0.2)
    try:
        with pytest.raises(run.Stopped):
            run.call_command(supervisor, logs, "train", *PROCESS, "parent")
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
    assert logs.tail("train").count("I am here") == 2
    assert not ours("")


def test_what_runs_is_tended_while_a_command_runs(supervisor: Supervisor, logs: Logs) -> None:
    process = make_process()
    pid = started(supervisor, process, "http")
    os.kill(pid, signal.SIGKILL)
    while command_of(pid):
        time.sleep(0.01)
    run.call_command(
        supervisor, logs, "train", sys.executable, "-c", UNTIL_ANSWERED, str(process.port)
    )
    assert ours("http") not in ([], [pid])
