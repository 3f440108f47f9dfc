"""The last release, from the git history: its files, and the processes of its `make run`.

It runs with today's environment, since the packages that it needs have kept their versions.
"""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from benchmarks.machine import free_port
from settings import ROOT
from tests.journeys.stack import Stack, wait_until_ready

# The version and its commit; docs/releasing.md says when both change.
VERSION = "0.1.0"
COMMIT = "8cd159721467331a299914c5fa7e544f65a45940"
PATIENCE = 240
PORTS = ("BOT_PORT", "EMULATOR_PORT", "CONSOLE_PORT", "RASA_PORT", "ACTIONS_PORT")


def unpack_release(directory: Path) -> Path:
    """Its files, in a directory of their own; skips the test where the history lacks the commit."""
    archive = _git("archive", COMMIT, where=_find_history(directory))
    if not archive:
        # In a whole clone it must be there, else this file names a wrong one.
        assert _git("rev-parse", "--is-shallow-repository").strip() != b"false", COMMIT
        pytest.skip(
            f"the git history does not reach back to version {VERSION}, commit {COMMIT}, and where "
            "this clone came from does not answer"
        )
    release = directory / VERSION
    release.mkdir()
    subprocess.run(["tar", "--extract", "--file=-"], cwd=release, input=archive, check=True)
    # Its `make run` gives up on a machine that is busy with other tests.
    start = release / "settings/run.py"
    start.write_text(start.read_text().replace("patience=120", "patience=900"))
    return release


def _find_history(directory: Path) -> Path:
    """The repository that has the history: this one, or a copy of where a shallow one came from."""
    if _git("cat-file", "-t", COMMIT):
        return ROOT
    origin = _git("remote", "get-url", "origin").decode().strip()
    copy = directory / "history"
    # Without the files, which are fetched when they are asked for.
    _git("clone", "--quiet", "--bare", "--filter=blob:none", origin, str(copy))
    return copy if copy.exists() else ROOT


def _git(*arguments: str, where: Path = ROOT) -> bytes:
    """What the command prints; nothing if it fails, or if nobody answers it."""
    try:
        done = subprocess.run(
            ["git", *arguments],
            cwd=where,
            env={**os.environ, "GIT_TERMINAL_PROMPT": "0"},
            check=False,
            capture_output=True,
            timeout=PATIENCE,
        )
    except subprocess.TimeoutExpired:
        return b""
    return done.stdout if done.returncode == 0 else b""


def train_rules(release: Path) -> None:
    """A model of its rules: taps and keywords need no other, and this takes ten seconds."""
    rasa = [sys.executable, "-m", "rasa", "train", "core", "--quiet", "--out", "models"]
    subprocess.run(rasa, cwd=release, check=True, capture_output=True)


@contextmanager
def serving(release: Path, database_url: str, logs: Path) -> Iterator[Stack]:
    """Its processes on this database, which they prepare, with the emulator; ended at the end."""
    ports = {name: free_port() for name in PORTS}
    given = {name: str(port) for name, port in ports.items()}
    process = subprocess.Popen(
        [sys.executable, "-m", "settings.run", "--logs", str(logs)],
        cwd=release,
        env={**os.environ, **given, "DATABASE_URL": database_url},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    try:
        wait_until_ready(process)
        yield Stack(database_url, ports, process)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(120)
