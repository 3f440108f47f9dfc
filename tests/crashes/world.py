"""The shop's machine, and what is outside of it and goes on while that is dead."""

import contextlib
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import requests

from benchmarks.machine import free_port
from tests.integration.room import fast_directory
from tests.journeys.stack import (
    APP_SECRET,
    ROOT,
    VERIFY_TOKEN,
    Stack,
    eventually,
    wait_until_ready,
)
from tests.processes import command_of, descendants

PORTS = ("BOT_PORT", "EMULATOR_PORT", "CONSOLE_PORT", "RASA_PORT")
WORKERS = 2
# A word of each command line, and the port that answers once the process is ready.
PARTS = {
    "receiver": ("whatsapp.receive.receiver", "BOT_PORT"),
    "rasa": ("rasa run --interface", "RASA_PORT"),
    "sender": ("whatsapp.send.sender", None),
}


class Shop(Stack):
    """`make run` without the emulator: WhatsApp is elsewhere, and so is the database's keeper."""

    def __init__(self, directory: Path, logs: Path, settings: dict[str, str]) -> None:
        # Rasa's workers take two in a row.
        ports = {name: free_port(WORKERS if name == "RASA_PORT" else 1) for name in PORTS}
        self.cluster = directory / "cluster"
        self.armed = directory / "armed"
        self.armed.mkdir()
        self.logs = logs
        super().__init__(start_cluster(self.cluster), ports, None)
        self.environment = {
            **os.environ,
            **{name: str(port) for name, port in ports.items()},
            "DATABASE_URL": self.database_url,
            "WHATSAPP_API_URL": self.emulator,
            "WHATSAPP_API_VERSION": "v23.0",
            "WHATSAPP_PHONE_NUMBER_ID": "100000000000001",
            "WHATSAPP_ACCESS_TOKEN": "crashes-access-token",
            "WHATSAPP_APP_SECRET": APP_SECRET,
            "WHATSAPP_VERIFY_TOKEN": VERIFY_TOKEN,
            "EMULATOR_WEBHOOK_URL": self.webhook,
            "RASA_WORKERS": str(WORKERS),
            # Hasty customers, each of whose messages must be answered.
            "MESSAGES_ANSWERED_PER_MINUTE": "1000",
            "CRASH_POINTS": str(self.armed),
            # One worker's clock is wrong: clocks/sitecustomize.py.
            "PYTHONPATH": str(Path(__file__).with_name("clocks")),
            # What is killed leaves its files behind.
            "TMPDIR": str(directory),
            **settings,
        }
        self.meta = self.spawn("emulator")
        self.keeper = self.spawn("storage.embedded", str(self.cluster))

    def spawn(self, module: str, *arguments: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-m", module, *arguments],
            cwd=ROOT,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE if module == "settings.run" else subprocess.DEVNULL,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )

    def open(self) -> None:
        """`make run`."""
        self.process = self.spawn("settings.run", "--logs", str(self.logs))
        wait_until_ready(self.process)

    def close(self) -> None:
        """Ctrl-C, then what is outside."""
        for process in filter(None, (self.process, self.meta, self.keeper)):
            with contextlib.suppress(ProcessLookupError):
                process.send_signal(signal.SIGTERM)
            process.wait(120)

    def processes(self, name: str) -> list[int]:
        """The same as a Stack's, while processes come and go."""
        return [pid for pid in descendants(self.process.pid) if name in command_of(pid)]

    def postmaster(self) -> int:
        """The process id of the database's server."""
        return int((self.cluster / "cluster" / "postmaster.pid").read_text().split()[0])

    def kill_postmaster(self) -> None:
        os.kill(self.postmaster(), signal.SIGKILL)
        eventually(self.has_database, 60)

    def kill_part(self, name: str) -> None:
        """Kills a process of this kind; returns when the supervisor's new one is ready."""
        word, port = PARTS[name]
        before = self.processes(word)
        if not before:
            return  # dead of something else, and not yet started again
        kill(killed := random.choice(before))
        eventually(lambda: killed not in (left := self.processes(word)) and len(left) > 0, 30)
        if port:
            eventually(lambda: answers(self.ports[port]), 120)

    def kill_everything(self) -> None:
        """The machine loses its power: the supervisor, all parts and the database's server."""
        parts = descendants(self.process.pid)
        for pid in (self.process.pid, *parts, self.postmaster()):
            kill(pid)
        self.process.wait(120)
        eventually(lambda: not any(map(command_of, parts)), 10)
        eventually(self.has_database, 60)

    def has_database(self) -> bool:
        try:
            psycopg.connect(self.database_url, connect_timeout=2).close()
        except psycopg.OperationalError:
            return False
        return True


def start_cluster(directory: Path) -> str:
    """A new cluster with PostgreSQL's own settings: what is said to be committed is on disk."""
    directory.mkdir()
    directory.chmod(0o755)
    code = "import sys; from pathlib import Path; from storage import embedded; "
    code += "print(embedded.attach_cluster(Path(sys.argv[1])))"
    return subprocess.run(
        [sys.executable, "-c", code, str(directory)],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout.strip()


@contextmanager
def opened(logs: Path, **settings: str) -> Iterator[Shop]:
    """A shop that is open; closed and removed at the end."""
    directory = Path(tempfile.mkdtemp(prefix="ordering-assistant-crashes-", dir=fast_directory()))
    directory.chmod(0o755)  # as root the server runs as somebody else, who must get in
    shop = Shop(directory, logs, settings)
    try:
        eventually(lambda: answers(shop.ports["EMULATOR_PORT"]) and shop.has_database(), 60)
        shop.open()
        yield shop
    finally:
        shop.close()
        shutil.rmtree(directory, ignore_errors=True)


def kill(pid: int) -> None:
    """-9; it may have died of something else a moment ago."""
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


def answers(port: int) -> bool:
    try:
        requests.get(f"http://127.0.0.1:{port}/", timeout=1)
    except requests.RequestException:
        return False
    return True
