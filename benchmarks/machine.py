"""A database and processes for one measurement, removed afterwards."""

import os
import platform
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from itertools import count, islice
from pathlib import Path

from settings import ROOT
from settings.ports import is_port_free
from storage import embedded
from storage.prepare import prepare_database

PATIENCE = 240.0
FIRST_PORT, PORTS = 15_000, 17_000
_PORTS_OF_A_PROCESS = 64
_places = count(os.getpid() * _PORTS_OF_A_PROCESS)


@contextmanager
def database() -> Iterator[str]:
    """The URL of a new cluster with PostgreSQL's own settings, on the usual disk."""
    directory = Path(tempfile.mkdtemp(prefix="ordering-assistant-benchmark-"))
    directory.chmod(0o755)
    try:
        url = embedded.attach_cluster(directory)
        prepare_database(url)
        yield url
    finally:
        embedded.detach_cluster(directory)
        shutil.rmtree(directory)


@contextmanager
def process(
    command: tuple[str, ...],
    environment: Mapping[str, str],
    url: str,
    directory: Path = ROOT,
) -> Iterator[subprocess.Popen[bytes]]:
    """A process that answers at this address; ended at the end."""
    with subprocess.Popen(
        command,
        cwd=directory,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as started:
        try:
            wait_for(url, started)
            yield started
        finally:
            started.send_signal(signal.SIGTERM)
            started.wait(60)


def module(name: str, *arguments: str) -> tuple[str, ...]:
    return (sys.executable, "-m", name, *arguments)


def wait_for(url: str, started: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not is_answering(url):
        assert started.poll() is None, f"{started.args!r} ended"
        assert time.monotonic() < deadline, f"{url} does not answer"
        time.sleep(0.1)


def is_answering(url: str) -> bool:
    try:
        urllib.request.urlopen(url, timeout=2)
    except urllib.error.HTTPError as error:
        return error.code != 503
    except OSError:
        return False
    return True


def free_port(in_a_row: int = 1) -> int:
    """The first free port of a range.

    The range is below the ports that the kernel gives to connections, which could take the port
    while a process restarts. Each process begins at a place of its own, so that two do not choose
    the same port at the same time.
    """
    while True:
        ports = [FIRST_PORT + place % PORTS for place in islice(_places, in_a_row)]
        if ports[-1] - ports[0] == in_a_row - 1 and all(map(is_port_free, ports)):
            return ports[0]


def describe_machine() -> str:
    """The machine in one line."""
    models = {
        line.partition(":")[2].strip()
        for line in Path("/proc/cpuinfo").read_text().splitlines()
        if line.startswith("model name")
    }
    name = next(iter(models), platform.machine())
    load = os.getloadavg()[0]
    return f"{os.cpu_count()} cores of {name}, {platform.system()}; load before: {load:.1f}"
