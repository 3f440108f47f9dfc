"""`python -m console`, as `make run` starts it."""

import os
import signal
import subprocess
import sys

import pytest
import requests

from benchmarks.machine import free_port
from settings import ROOT
from tests.integration.console.people import PASSWORD, Worker
from tests.integration.emulator.world import eventually


@pytest.fixture
def started(database_url):
    """A console with a process of its own; its address and the process."""
    port = free_port()
    environment = {
        **os.environ,
        "DATABASE_URL": database_url,
        "CONSOLE_PORT": str(port),
        "CONSOLE_PASSWORD": PASSWORD,
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "console"],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    address = f"http://127.0.0.1:{port}"

    def answers():
        assert process.poll() is None, process.stdout.read()
        try:
            return requests.get(address + "/login", timeout=10).ok
        except (requests.ConnectionError, requests.Timeout):
            return False

    eventually(answers)
    yield address, process
    process.kill()
    process.wait()


def test_it_serves_and_ends_with_pages_still_listening(started):
    address, process = started
    owner = Worker(address, "owner")
    assert owner.log_in().status_code == 303
    stream = owner.http.get(address + "/live", stream=True)
    assert b'"orders"' in next(stream.iter_lines())
    process.send_signal(signal.SIGTERM)
    assert process.wait(60) == 0
    said = process.stdout.read()
    assert PASSWORD not in said
    assert "Traceback" not in said


def test_a_wrong_setting_is_said_in_one_line(database_url):
    environment = {**os.environ, "DATABASE_URL": database_url, "CONSOLE_PORT": "none"}
    ended = subprocess.run(
        [sys.executable, "-m", "console"],
        cwd=ROOT, env=environment, capture_output=True, text=True, timeout=240, check=False,
    )  # fmt: skip
    assert ended.returncode == 1
    assert ended.stderr.startswith("console: CONSOLE_PORT")
    assert "Traceback" not in ended.stderr
