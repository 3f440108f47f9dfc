"""`make run`: prepares database and model, runs all processes, ends on Ctrl-C and SIGTERM."""

import argparse
import os
import signal
import subprocess
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from types import FrameType
from typing import NoReturn

import settings
from settings import ROOT, Settings, SettingsError, models, processes, shops
from settings.announcing import print_addresses, print_line
from settings.logs import DEFAULT_DIRECTORY, Logs
from settings.models import DamagedModel
from settings.ports import PortTaken, check_ports
from settings.processes import Process
from settings.supervisor import StartFailed, Supervisor, die_with_parent, end_process

_READY_SECONDS = 120


class Stopped(BaseException):
    """Ctrl-C or SIGTERM was received."""


class CannotStart(Exception):
    """Something needed is missing; the message names it and the cure."""


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m settings.run", description=__doc__)
    parser.add_argument("--logs", type=Path, default=DEFAULT_DIRECTORY, help="where to write them")
    directory: Path = parser.parse_args(arguments).logs
    signal.signal(signal.SIGINT, _stop)
    signal.signal(signal.SIGTERM, _stop)
    try:
        return run_processes(settings.load_settings(), directory)
    except Stopped:
        return 0
    except (CannotStart, PortTaken, StartFailed, SettingsError, DamagedModel) as error:
        print(f"make run: {error}", file=sys.stderr)
    except OSError as error:  # a full disk, a read-only checkout, ...
        print(f"make run: {error.filename or 'the disk'}: {error.strerror}", file=sys.stderr)
    return 1


def run_processes(configured: Settings, directory: Path) -> int:
    """Starts all processes and watches them until a signal comes; always ends them."""
    logs = open_logs(directory)
    supervisor = Supervisor(logs)
    try:
        start_processes(supervisor, configured, logs)
        while True:
            supervisor.tend()
            supervisor.rest()
    except Stopped:
        print_line("\nStopping ...")
        return 0
    finally:
        _deaf()
        supervisor.stop()


def open_logs(directory: Path) -> Logs:
    """Opens the log files.

    Raises:
        CannotStart: the directory cannot be written to, or the disk is full.
    """
    try:
        logs = Logs(directory)
        logs.try_writing()
        return logs
    except OSError as error:
        raise CannotStart(
            f"cannot write logs into {directory} ({error.strerror}): "
            "name another directory with `python -m settings.run --logs ...`"
        ) from None


def start_processes(supervisor: Supervisor, configured: Settings, logs: Logs) -> None:
    """Starts all processes, the webhook first, and prints their addresses.

    Raises:
        CannotStart: the database does not answer, or the training failed and there is no model.
        PortTaken: a port is taken.
        StartFailed: a process ended instead of answering.
    """
    slow, quick = processes.slow_processes(configured), processes.quick_processes(configured)
    check_ports([*slow, *quick])
    if empty := shops.warn_of_empty(configured):
        print_line(empty)
    for process in processes.database_process(configured):
        supervisor.start(process)
    models.set_damaged_aside()
    must_train = models.must_train()
    if must_train:
        check_models_directory()
    else:
        # The Rasa workers take long to load, and wait for the database themselves.
        start_all(supervisor, slow)
    print_line("Starting ...")
    call_command(supervisor, logs, "prepare", sys.executable, "-m", "storage.prepare")
    if notes := logs.tail("prepare"):
        print_line(notes)
    start_all(supervisor, quick)
    if must_train:
        train_model(supervisor, logs)
        start_all(supervisor, slow)
    for process in [*slow, *quick]:
        supervisor.wait_ready(process, _READY_SECONDS)
    if warning := models.warn_of_model():
        print_line(f"WARNING: {warning}")
    print_addresses(configured, logs.directory)


def check_models_directory() -> None:
    """Checks that a model can be written, before the training, which takes minutes.

    Raises:
        CannotStart: a model must be trained, and the checkout is read-only.
    """
    directory = models.MODELS if models.MODELS.exists() else ROOT
    if not os.access(directory, os.W_OK):
        raise CannotStart(
            f"a model must be trained and {directory} cannot be written: train where it can "
            "(`make train`) and bring models/ along"
        )


def train_model(supervisor: Supervisor, logs: Logs) -> None:
    """Trains as `make train` does; if the new model is refused, the previous one stays in use.

    Raises:
        CannotStart: the training failed, and there is no previous model.
    """
    print_line("Training the model (a few minutes); the webhook takes messages meanwhile ...")
    try:
        call_command(
            supervisor, logs, "train", sys.executable, *("-W", "ignore", "-m", "nlu.train")
        )
    except CannotStart as refused:
        if models.newest_model() is None:
            raise
        print_line(f"WARNING: {refused}")


def start_all(supervisor: Supervisor, what: Iterable[Process]) -> None:
    for process in what:
        supervisor.start(process)


def call_command(supervisor: Supervisor, logs: Logs, name: str, *command: str) -> None:
    """Runs a command to its end, with a log, and watches the running processes meanwhile.

    If we are interrupted, the command and its children are ended.

    Raises:
        CannotStart: it failed; the message has the end of its output.
    """
    with logs.open(name) as output:
        running = subprocess.Popen(
            command,
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=die_with_parent,  # noqa: PLW1509 (we have one thread)
        )
    try:
        while running.poll() is None:
            supervisor.tend()
            supervisor.rest()
    finally:
        if running.returncode is None:
            end_process(running)
    if running.returncode != 0:
        raise CannotStart(f"{name} failed:\n{logs.tail(name)}")


def _stop(_signal: int, _frame: FrameType | None) -> NoReturn:
    raise Stopped


def _deaf() -> None:
    """Ignores further signals, so that a second Ctrl-C does not leave processes behind."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)


if __name__ == "__main__":
    sys.exit(main())
