"""What keeps `make run` from starting is one clear line, never a traceback."""

import os
import resource
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from benchmarks.machine import free_port
from settings import ROOT

PORTS = ("BOT_PORT", "EMULATOR_PORT", "CONSOLE_PORT", "RASA_PORT")


def make_run(
    logs: Path, before: Callable[[], None] | None = None, **environment: str
) -> tuple[int, str]:
    """How it ended, and all that it said."""
    ports = {name: str(free_port()) for name in PORTS}
    ended = subprocess.run(
        [sys.executable, "-m", "settings.run", "--logs", str(logs)],
        cwd=ROOT,
        env={**os.environ, **ports, **environment},
        preexec_fn=before,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        timeout=240,
    )
    return ended.returncode, ended.stdout


def test_logs_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    status, said = make_run(tmp_path / "file" / "logs")
    assert (status, said.count("\n")) == (1, 1)
    assert said.startswith(f"make run: cannot write logs into {tmp_path}/file/logs")
    assert "--logs" in said


def test_a_checkout_that_cannot_be_written(tmp_path: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may write everywhere")
    (tmp_path / "logs").mkdir(mode=0o500)
    status, said = make_run(tmp_path / "logs")
    assert (status, said.count("\n")) == (1, 1)


def test_a_setting_that_makes_no_sense(tmp_path: Path) -> None:
    status, said = make_run(tmp_path / "logs", BOT_PORT="many")
    assert (status, said) == (1, "make run: BOT_PORT: must be a whole number\n")


def test_a_disk_that_takes_nothing(tmp_path: Path) -> None:
    """The data directory's disk is full: here, no file may grow."""

    def fill() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))

    data = tmp_path / "data"
    status, said = make_run(tmp_path / "logs", fill, DATA_DIRECTORY=str(data), DATABASE_URL="")
    assert status == 1
    assert "Traceback" not in said
    assert "make run: " in said


@pytest.fixture
def in_a_view() -> Callable[..., subprocess.CompletedProcess[str]]:
    """Runs shell lines in a mount namespace of their own; what they mount is gone afterwards."""
    if os.geteuid() != 0 or subprocess.run(["unshare", "-m", "true"], check=False).returncode:
        pytest.skip("only root can mount a full disk")

    def run(*lines: str) -> subprocess.CompletedProcess[str]:
        ports = {name: str(free_port()) for name in PORTS}
        return subprocess.run(
            ["unshare", "-m", "sh", "-ec", "\n".join(lines)],
            env={**os.environ, **ports, "PYTHON": sys.executable},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
            timeout=240,
        )

    return run


def test_logs_on_a_full_disk(in_a_view: Callable, tmp_path: Path) -> None:
    ended = in_a_view(
        f"mount -t tmpfs -o size=64k,mode=700 tmpfs {tmp_path}",
        f"head -c 65536 /dev/zero > {tmp_path}/everything || true",
        f"cd {ROOT}; $PYTHON -m settings.run --logs {tmp_path}/logs",
    )
    assert (ended.returncode, ended.stdout.count("\n")) == (1, 1)
    assert ended.stdout.startswith("make run: cannot write logs into ")
    assert "No space left on device" in ended.stdout


def test_a_checkout_that_is_read_only_and_has_no_model(in_a_view: Callable, tmp_path: Path) -> None:
    checkout, logs = tmp_path / "checkout", tmp_path / "logs"
    left_out = shutil.ignore_patterns(".*", "models", "logs", "results", "__pycache__")
    shutil.copytree(ROOT, checkout, ignore=left_out)
    ended = in_a_view(
        f"mount --bind {checkout} {checkout}; mount -o remount,ro,bind {checkout}",
        f"cd {checkout}; DATABASE_URL= DATA_DIRECTORY={tmp_path}/data "
        f"$PYTHON -m settings.run --logs {logs}",
    )
    assert ended.returncode == 1
    *_, last = ended.stdout.splitlines()
    assert last.startswith(f"make run: a model must be trained and {checkout} cannot be written")
    assert "Traceback" not in ended.stdout
