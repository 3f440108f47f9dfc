"""What keeps `make run` from starting is one clear line, never a traceback."""

import os
import resource
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
