"""`python -m emulator` as a process."""

import os
import signal
import subprocess
import sys

import pytest
import requests

from benchmarks.machine import free_port
from tests.integration.emulator.world import environment, start_emulator


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_ends_cleanly_though_a_page_is_open(number):
    port = free_port()
    process = start_emulator(port, free_port())
    url = f"http://127.0.0.1:{port}/emulator/events"
    with requests.get(url, stream=True, timeout=60) as stream:
        next(stream.iter_lines())
        process.send_signal(number)
        assert process.wait(60) == 0


def test_a_missing_setting_is_named():
    given = environment(free_port(), free_port()) | {"WHATSAPP_APP_SECRET": ""}
    command = [sys.executable, "-m", "emulator"]
    ended = subprocess.run(
        command, env=given, capture_output=True, text=True, timeout=240, check=False
    )
    assert ended.returncode == 2
    assert ended.stderr.startswith("WHATSAPP_APP_SECRET is not set")
    assert ended.stderr.count("\n") == 1


def test_it_imports_nothing_of_ours():
    script = (
        "import sys, emulator.server; "
        "print({'settings', 'shop', 'trays', 'storage', 'connectors', 'rasa'} & set(sys.modules))"
    )
    found = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        env=dict(os.environ),
        check=False,
    )
    assert found.stdout.strip() == "set()", found.stderr
