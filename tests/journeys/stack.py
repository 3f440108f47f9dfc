"""The whole stack, started once: what `make run` starts, on free ports and its own database.

It is set up as for a real number: the emulator runs outside, as the Graph API that WHATSAPP_API_URL
names, and knows secrets of its own. What `make run` does without any setting is told by
tests/journeys/test_make_run.py.
"""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import requests
from psycopg.rows import dict_row

from benchmarks.machine import free_port
from tests.processes import command_of, descendants

ROOT = Path(__file__).resolve().parents[2]
PORTS = ("BOT_PORT", "EMULATOR_PORT", "CONSOLE_PORT", "RASA_PORT")
APP_SECRET = "journeys-app-secret"
VERIFY_TOKEN = "journeys-verify-token"
NOTICE_TEMPLATE = "order_news"
CONSOLE_PASSWORD = "journeys over the counter"
SECRETS = {
    "WHATSAPP_NOTICE_TEMPLATE": NOTICE_TEMPLATE,
    "WHATSAPP_APP_SECRET": APP_SECRET,
    "WHATSAPP_VERIFY_TOKEN": VERIFY_TOKEN,
    "WHATSAPP_ACCESS_TOKEN": "journeys-access-token",
    "WHATSAPP_PHONE_NUMBER_ID": "100000000000001",
    "CONSOLE_PASSWORD": CONSOLE_PASSWORD,
}


@dataclass
class Stack:
    """Where the running parts are."""

    database_url: str
    ports: dict[str, int]
    process: subprocess.Popen[str] | None

    @property
    def emulator(self) -> str:
        return f"http://127.0.0.1:{self.ports['EMULATOR_PORT']}"

    @property
    def console(self) -> str:
        return f"http://127.0.0.1:{self.ports['CONSOLE_PORT']}"

    @property
    def webhook(self) -> str:
        return f"http://127.0.0.1:{self.ports['BOT_PORT']}/webhooks/whatsapp/webhook"

    def rows(self, query: str, *values: Any) -> list[dict[str, Any]]:
        """What the database holds, one dictionary a row."""
        with psycopg.connect(
            self.database_url, autocommit=True, row_factory=dict_row
        ) as connection:
            cursor = connection.execute(query, values)
            return cursor.fetchall() if cursor.description else []

    def control(self, method: str, path: str, **json: Any) -> dict[str, Any]:
        """The emulator's control API (emulator/control/__init__.py)."""
        with requests.Session() as http:
            # Proxies are looked up in the environment, which pytest changes in another thread.
            http.trust_env = False
            answer = http.request(
                method, f"{self.emulator}/emulator{path}", json=json or None, timeout=300
            )
        assert answer.ok, answer.text
        return answer.json()

    def processes(self, name: str) -> list[int]:
        """The process ids of one of our parts, by a word of its command line."""
        return [pid for pid in descendants(self.process.pid) if name in command_of(pid)]


@contextmanager
def running(database_url: str, logs: Path, **environment: str) -> Iterator[Stack]:
    """Starts the stack and waits until it says that it is ready; ends it at the end."""
    ports = {name: free_port() for name in PORTS}
    numbers = {name: str(port) for name, port in ports.items()}
    stack = Stack(database_url, ports, None)
    with outside_api(stack, numbers):
        address = {"WHATSAPP_API_URL": stack.emulator, "DATABASE_URL": database_url}
        stack.process = subprocess.Popen(
            [sys.executable, "-m", "settings.run", "--logs", str(logs)],
            cwd=ROOT,
            env={**os.environ, **SECRETS, **numbers, **address, **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        try:
            wait_until_ready(stack.process)
            yield stack
        finally:
            stack.process.send_signal(signal.SIGTERM)
            stack.process.wait(120)


@contextmanager
def outside_api(stack: "Stack", ports: dict[str, str]) -> Iterator[None]:
    """Somebody else's Graph API: the emulator, in a process of its own."""
    process = subprocess.Popen(
        [sys.executable, "-m", "emulator"],
        cwd=ROOT,
        env={
            **os.environ,
            **SECRETS,
            **ports,
            "EMULATOR_WEBHOOK_URL": stack.webhook,
            "EMULATOR_DATABASE": stack.database_url,
        },
        stdout=subprocess.DEVNULL,
    )
    try:
        yield
    finally:
        process.terminate()
        process.wait(60)


def wait_until_ready(process: subprocess.Popen[str]) -> None:
    said = []
    assert process.stdout is not None
    for line in process.stdout:
        said.append(line)
        if line.startswith("Ready."):
            # Somebody must go on reading, or the pipe fills up.
            threading.Thread(target=process.stdout.read, daemon=True).start()
            return
    raise AssertionError("the stack did not start:\n" + "".join(said))


def eventually(holds: Any, seconds: float = 120.0) -> Any:
    """Waits until `holds()` is true, and returns what it gave."""
    deadline = time.monotonic() + seconds
    while not (found := holds()):
        assert time.monotonic() < deadline, "it did not come to be in time"
        time.sleep(0.05)
    return found
