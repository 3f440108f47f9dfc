"""CPU and memory of processes, from /proc."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from benchmarks.rig.processes import Stack, cpu_of, memory_of, name_process, spent, tree
from tests.processes import children, descendants

BURN = "import time\nwhile time.process_time() < 0.3: pass\n"
# A parent whose first child has burnt CPU and ended, and whose second one only sleeps.
PARENT = f"""
import subprocess, sys, time
subprocess.run([sys.executable, "-c", {BURN!r}])
subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
print("ready", flush=True)
time.sleep(60)
"""


@contextmanager
def parent() -> Iterator[int]:
    with subprocess.Popen(
        [sys.executable, "-c", PARENT], stdout=subprocess.PIPE, start_new_session=True
    ) as started:
        try:
            assert started.stdout
            assert started.stdout.readline() == b"ready\n"
            yield started.pid
        finally:
            os.killpg(started.pid, 9)


def test_children_that_ended_and_those_that_live_are_counted() -> None:
    with parent() as pid:
        (child,) = children(pid)
        assert cpu_of(pid) >= 0.3
        assert tree(child, cpu_of) < 0.3 <= tree(pid, cpu_of)
        assert memory_of(pid, "Rss") >= memory_of(pid, "Pss") > 1


def test_a_stack_has_the_supervisor_its_parts_and_the_database() -> None:
    with parent() as pid:
        costs = Stack(supervisor=pid, postmaster=os.getpid()).cpu()
    assert set(costs) == {"supervisor", "PostgreSQL", "others"}
    assert costs["supervisor"] >= 0.3


def test_a_process_that_is_gone_costs_nothing() -> None:
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    assert cpu_of(ended.pid) == 0
    assert memory_of(ended.pid, "Pss") == 0
    assert children(ended.pid) == descendants(ended.pid) == []


@pytest.mark.parametrize(
    ("command", "part"),
    [
        ("python /env/bin/rasa run --interface 127.0.0.1 --port 5006 ", "Rasa workers"),
        ("python -m rasa_sdk --actions actions --port 5055 ", "action server"),
        ("python -m connectors.whatsapp.receive.receiver ", "receiver"),
        ("python -m connectors.whatsapp.send.sender ", "sender"),
        ("python -m console ", "console"),
        ("python -m something.new ", "others"),
    ],
)
def test_a_part_is_known_by_its_command_line(command: str, part: str) -> None:
    assert name_process(command) == part


def test_a_part_that_started_meanwhile_is_counted_from_its_start() -> None:
    assert spent({"receiver": 1.0}, {"receiver": 1.5, "sender": 0.5}) == {
        "receiver": 0.5,
        "sender": 0.5,
    }
