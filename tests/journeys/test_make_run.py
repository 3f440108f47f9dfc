"""`make run` as a newcomer types it: no setting but the ports, the embedded PostgreSQL, twice."""

import os
import re
import shutil
import signal
import subprocess
import sys
import tarfile
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import requests

import settings
from benchmarks.machine import free_port
from settings import models
from tests.journeys.stack import PORTS, ROOT, eventually
from tests.processes import descendants

ASHA = "919800000001"


@pytest.fixture
def checkout() -> Iterator[Path]:
    """A checkout of its own, at a path of its own and hence with a database of its own."""
    directory = Path(tempfile.mkdtemp(prefix="ordering-assistant-checkout-"))
    copy = directory / "shop"
    left_out = shutil.ignore_patterns(".*", "logs", "results", "__pycache__")
    shutil.copytree(ROOT, copy, ignore=left_out)
    # As git leaves it: every file is newer than the model, which is trained already.
    os.utime(copy / "config.yml")
    yield copy
    shutil.rmtree(directory)


def plain() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}


@contextmanager
def database_removed(checkout: Path) -> Iterator[None]:
    """At the end nothing is left of the checkout's own database."""
    try:
        yield
    finally:
        where = subprocess.run(
            [
                sys.executable,
                "-c",
                "import settings; print(settings.load_settings().data_directory)",
            ],
            cwd=checkout,
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
        shutil.rmtree(where, ignore_errors=True)
        assert settings.load_settings().data_directory != Path(where)


@contextmanager
def make_run(checkout: Path, ports: dict[str, str]) -> Iterator[str]:
    """Runs it until the end of the block; gives the phone's address."""
    process = subprocess.Popen(
        [sys.executable, "-m", "settings.run"],
        cwd=checkout,
        env={**plain(), **ports},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    try:
        said = ""
        while "Ctrl-C ends everything" not in said:
            line = process.stdout.readline()
            assert line, said
            said += line
        yield re.search(r"phone +(\S+)", said).group(1)
    finally:
        started = descendants(process.pid)
        process.send_signal(signal.SIGINT)
        assert process.wait(60) == 0
        eventually(lambda: not [pid for pid in started if Path(f"/proc/{pid}").exists()])


def test_a_model_that_cannot_be_loaded_is_said(checkout: Path) -> None:
    with tarfile.open(next_model(checkout), "w:gz") as archive:
        archive.add(checkout / "README.md", "no model")
    numbers = {name: str(free_port()) for name in PORTS}
    with database_removed(checkout):
        ended = subprocess.run(
            [sys.executable, "-m", "settings.run"],
            check=False,
            cwd=checkout,
            env={**plain(), **numbers},
            capture_output=True,
            text=True,
            timeout=400,
        )
    assert ended.returncode != 0
    assert "no model that it could load" in ended.stdout + ended.stderr
    assert "Ready." not in ended.stdout


def next_model(checkout: Path) -> Path:
    """The name of a model that is used before all others."""
    return checkout / "models" / f"20991231-235959-{models.hash_sources()}-passed.tar.gz"


def tell(phone: str, **what: str) -> str:
    """Says or taps something as Asha; the words of the answer."""
    chat = f"{phone}/emulator/customers/{ASHA}"
    seen = requests.get(f"{chat}/chat", timeout=60).json()["last"]
    assert requests.post(f"{chat}/messages", json=what, timeout=60).ok
    answer = requests.get(f"{chat}/chat?from=shop&after={seen}&wait=120", timeout=180)
    return str(answer.json()["messages"][-1]["text"])


def list_trainings(checkout: Path) -> list[Path]:
    """The logs of trainings that `make run` began."""
    return list((checkout / "logs").glob("train.log*"))


def read_health(numbers: dict[str, str]) -> dict[str, Any]:
    return requests.get(f"http://127.0.0.1:{numbers['BOT_PORT']}/health", timeout=60).json()


def test_a_newcomer_runs_it_twice_and_the_order_is_kept(checkout: Path) -> None:
    numbers = {name: str(free_port()) for name in PORTS}
    with database_removed(checkout):
        with make_run(checkout, numbers) as phone:
            assert list_trainings(checkout) == []
            assert list(read_health(numbers)["loaded_models"].values()) == [1]
            assert "Welcome!" in tell(phone, text="hi")
            assert "Coffee × 2" in tell(phone, text="2 coffees")
            confirmed = tell(phone, tap="✅ Confirm Order")
        order_id = re.search(r"ORD-\d+", confirmed).group()
        trained = max(checkout.glob("models/*.tar.gz")).read_bytes()
        (cut := next_model(checkout)).write_bytes(trained[:100_000])
        began = time.monotonic()
        with make_run(checkout, numbers) as phone:
            assert order_id in tell(phone, text=f"track {order_id}")
        assert cut.with_name(f"{cut.name}.damaged").exists()
        print(f"second start, with an answer and the end: {time.monotonic() - began:.0f} s")
