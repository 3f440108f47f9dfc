"""Commands run two at a time: each says all it has to say when it ends.

The first that fails interrupts the other one; Ctrl-C and SIGTERM interrupt both. One that says
nothing new for a long time hangs: it is interrupted too, and fails.
"""

import asyncio
import contextlib
import os
import shlex
import signal
import tempfile
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import IO

AT_ONCE = 2
SECONDS_BETWEEN_SIGNS = 60
# Seconds. No test may take as long (pyproject.toml), and each writes a letter when it has ended.
LONGEST_SILENCE = 1200.0
HANGS = 124  # as of `timeout`
# What an interrupted stage may take to end its processes and remove its databases.
GRACE = 150


@dataclass(frozen=True)
class Stage:
    """A command, and the one that must have passed before."""

    command: str
    after: str = ""


class Failed(Exception):
    """A stage failed: its command and its exit status."""


async def run_all(stages: Iterable[Stage]) -> None:
    """Runs every stage; cancelled, it interrupts what is running.

    Raises:
        Failed: the first that failed; none is running any more.
    """
    waiting, passed = list(stages), {""}
    running: dict[asyncio.Task[str], IO[bytes]] = {}
    try:
        while waiting or running:
            ready = [stage for stage in waiting if stage.after in passed]
            for stage in ready[: AT_ONCE - len(running)]:
                waiting.remove(stage)
                output = tempfile.TemporaryFile()  # noqa: SIM115 (until the stage has ended)
                running[asyncio.create_task(run(stage.command, output))] = output
            done, _ = await asyncio.wait(
                running, timeout=SECONDS_BETWEEN_SIGNS, return_when=asyncio.FIRST_COMPLETED
            )
            if not done:
                say(*(f"... {said(output, lines=1)[:100]}" for output in running.values()))
            for task in done:
                passed.add(task.result())
                del running[task]
    finally:
        on_signals(lambda _: say("Ending ..."))
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)


async def run(command: str, output: IO[bytes]) -> str:
    """Runs a command and writes what it said; returns the command.

    Raises:
        Failed: its exit status is not 0, or it hangs.
    """
    say(f"==> {command}")
    began = time.monotonic()
    process = await asyncio.create_subprocess_exec(
        *shlex.split(command),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=output,
        stderr=asyncio.subprocess.STDOUT,
        start_new_session=True,  # Ctrl-C is for us
    )
    try:
        status = await wait_while_it_speaks(process, output)
    except TimeoutError:
        await interrupt(process)
        say(said(output), f"<== {command}: hangs: nothing new for {LONGEST_SILENCE:.0f} s\n")
        raise Failed(command, HANGS) from None
    except asyncio.CancelledError:
        await interrupt(process)
        say(said(output, lines=15), f"<== {command}: interrupted\n")
        raise
    how = f"failed ({status})" if status else "passed"
    say(said(output), f"<== {command}: {how}, {time.monotonic() - began:.0f} s\n")
    if status:
        raise Failed(command, status)
    return command


async def wait_while_it_speaks(process: asyncio.subprocess.Process, output: IO[bytes]) -> int:
    """Waits for the end of a stage; returns its exit status.

    Raises:
        TimeoutError: it has said nothing new for as long as LONGEST_SILENCE.
    """
    size, since = 0, time.monotonic()
    while True:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(LONGEST_SILENCE / 20):
                return await process.wait()
        if size != (size := os.fstat(output.fileno()).st_size):
            since = time.monotonic()
        elif time.monotonic() - since >= LONGEST_SILENCE:
            raise TimeoutError


async def interrupt(process: asyncio.subprocess.Process) -> None:
    """As Ctrl-C does, so that it ends what it has started."""
    with contextlib.suppress(ProcessLookupError):
        process.send_signal(signal.SIGINT)
    try:
        async with asyncio.timeout(GRACE):
            await process.wait()
    except TimeoutError:
        os.killpg(process.pid, signal.SIGKILL)
        say("It did not end and was killed: what it had started may still run.")


def said(output: IO[bytes], lines: int = 0) -> str:
    """What a stage has said so far: so many of the last lines, or all."""
    # Not by seek(): the stage writes at the same position.
    size = os.fstat(output.fileno()).st_size
    text = os.pread(output.fileno(), size, 0).decode(errors="replace").strip()
    return "\n".join(text.splitlines()[-lines:])


def say(*lines: str) -> None:
    print(*lines, sep="\n", flush=True)


def on_signals(do: Callable[[int], object]) -> None:
    """From now on this is done when somebody wants us to end."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        asyncio.get_running_loop().add_signal_handler(number, do, number)


async def outcome(stages: Iterable[Stage]) -> int:
    """Runs them; returns 0, the status of the first that failed, or 128 and the signal."""
    everything, began = asyncio.create_task(run_all(stages)), time.monotonic()
    signals: list[int] = []
    on_signals(lambda number: (signals.append(number), everything.cancel()))
    try:
        await everything
    except Failed as failed:
        command, status = failed.args
        say(f"make test: '{command}' failed")
        return int(status) if status > 0 else 128 - int(status)
    except asyncio.CancelledError:
        say("make test: interrupted")
        return 128 + signals[0]
    say(f"make test: all passed, {time.monotonic() - began:.0f} s")
    return 0
