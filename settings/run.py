"""`make run`: database, model, every process; ends cleanly on Ctrl-C and SIGTERM."""

import argparse
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from types import FrameType
from typing import NoReturn

import settings
from settings import ROOT, Settings, SettingsError, processes
from settings.processes import Process
from settings.supervisor import StartFailed, Supervisor

MODELS = ROOT / "models"
SOURCES = ("config.yml", "domain.yml", "data", "nlu", "storage/seeds")


class Stopped(BaseException):
    """Ctrl-C or SIGTERM."""


class CannotStart(Exception):
    """Something that is needed is missing; the message names it and the cure."""


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m settings.run", description=__doc__)
    parser.add_argument("--logs", type=Path, default=ROOT / "logs", help="where to write them")
    logs: Path = parser.parse_args(arguments).logs
    signal.signal(signal.SIGINT, _stop)
    signal.signal(signal.SIGTERM, _stop)
    try:
        configured = settings.load()
    except SettingsError as error:
        print(f"make run: {error}", file=sys.stderr)
        return 1
    supervisor = Supervisor(logs)
    try:
        start(supervisor, configured, logs)
        while True:
            supervisor.tend()
            time.sleep(0.2)
    except Stopped:
        print("\nStopping ...", flush=True)
        return 0
    except (CannotStart, StartFailed) as error:
        print(f"make run: {error}", file=sys.stderr)
        return 1
    finally:
        _deaf()
        supervisor.stop()


def start(supervisor: Supervisor, configured: Settings, logs: Path) -> None:
    """Brings everything up and says where it is.

    Raises:
        CannotStart: a port is taken, the database is away or the training failed.
        StartFailed: a process ended instead of answering.
    """
    slow, quick = processes.slow(configured), processes.quick(configured)
    check_ports([*slow, *quick])
    for process in processes.database(configured):
        supervisor.start(process)
    if stale():
        say("Training the model (about a minute) ...")
        call(logs / "train.log", "rasa", "train", "--quiet")
    say("Starting ...")
    for process in slow:
        supervisor.start(process)
    call(logs / "prepare.log", sys.executable, "-m", "storage.prepare")
    for process in quick:
        supervisor.start(process)
    for process in [*slow, *quick]:
        supervisor.wait_ready(process, patience=120)
    announce(configured, logs)


def check_ports(serving: Iterable[Process]) -> None:
    """Says which port is taken before anything is started on it."""
    for process in serving:
        if process.port is None:
            continue
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", process.port))
            except OSError:
                raise CannotStart(
                    f"port {process.port} is taken by another program: end it, "
                    f"or choose another with {process.setting}=..."
                ) from None


def stale() -> bool:
    """Whether the newest model is missing or older than what it is made from."""
    models = [path.stat().st_mtime for path in MODELS.glob("*.tar.gz")]
    return not models or max(models) < max(map(_changed, _sources()))


def call(log: Path, *command: str) -> None:
    """Runs a command to its end, its output in a file.

    Raises:
        CannotStart: it failed; the message holds the end of its output.
    """
    with log.open("wb") as output:
        ended = subprocess.run(
            command, check=False, cwd=ROOT, stdout=output, stderr=subprocess.STDOUT
        )
    if ended.returncode != 0:
        tail = "\n".join(log.read_text(errors="replace").splitlines()[-15:])
        raise CannotStart(f"{log.stem} failed:\n{tail}")


def announce(configured: Settings, logs: Path) -> None:
    """Prints where everything is."""
    bot = f"http://127.0.0.1:{configured.bot_port}/webhooks/whatsapp/webhook"
    say("Ready.")
    if configured.emulated:
        say(f'  phone    http://127.0.0.1:{configured.emulator_port}  (write "hi")')
    owner = '  (log in as "owner")' if configured.console_password else ""
    say(f"  console  {configured.console_address}{owner}")
    if link := first_owner_link():
        say(f"           nobody can log in yet; open this once: {link}")
    say(f"  webhook  {bot}")
    shown = logs.relative_to(ROOT) if logs.is_relative_to(ROOT) else logs
    say(f"  logs     {shown}/    Ctrl-C ends everything")


def first_owner_link() -> str:
    """The link that makes the console's first owner; empty where somebody can log in."""
    asked = subprocess.run(
        [sys.executable, "-m", "console.first_owner"],
        check=False,
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    return asked.stdout.strip()


def say(line: str) -> None:
    print(line, flush=True)


def _sources() -> Iterable[Path]:
    for name in SOURCES:
        path = ROOT / name
        yield from (
            (p for p in path.rglob("*") if p.suffix in (".py", ".yml"))
            if path.is_dir()
            else (path,)
        )


def _changed(path: Path) -> float:
    return path.stat().st_mtime


def _stop(_signal: int, _frame: FrameType | None) -> NoReturn:
    raise Stopped


def _deaf() -> None:
    """A second Ctrl-C must not leave half of the processes behind."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)


if __name__ == "__main__":
    sys.exit(main())
