"""The stages of `make test`: what one says stays together; a failure or a signal ends all."""

import asyncio
import os
import shlex
import signal
import sys
import threading
import time
from pathlib import Path

import pytest

from tests import stages
from tests.stages import Stage, outcome

SLEEPER = """
import pathlib, sys, time
try:
    pathlib.Path(sys.argv[1]).touch()
    time.sleep(60)
except KeyboardInterrupt:
    print("tidied up")
"""


@pytest.fixture
def asleep(tmp_path: Path) -> Path:
    """The file that the sleeper makes."""
    return tmp_path / "asleep"


@pytest.fixture
def sleeper(asleep: Path) -> Stage:
    program = asleep.with_suffix(".py")
    program.write_text(SLEEPER)
    return Stage(shlex.join([sys.executable, str(program), str(asleep)]))


def run(*stages: Stage) -> int:
    return asyncio.run(outcome(stages))


def test_what_each_says_stays_together(capsys: pytest.CaptureFixture[str]) -> None:
    chatty = "sh -c 'for n in 1 2 3; do echo {0}; sleep 0.1; done'"
    assert run(Stage(chatty.format("one")), Stage(chatty.format("two"))) == 0
    said = capsys.readouterr().out
    assert "one\none\none\n" in said
    assert "two\ntwo\ntwo\n" in said


def test_a_stage_waits_for_another(asleep: Path) -> None:
    late = f"sh -c 'sleep 0.3; touch {asleep}'"
    assert run(Stage(late), Stage(f"ls {asleep}", after=late)) == 0
    asleep.unlink()
    later = f"sh -c 'sleep 60; touch {asleep}'"
    assert run(Stage(later), Stage(f"ls {asleep}")) != 0


def test_the_first_failure_ends_the_rest(
    sleeper: Stage, asleep: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    fails = Stage(f"sh -c 'until [ -e {asleep} ]; do sleep 0.1; done; echo broken; exit 7'")
    assert run(sleeper, fails, Stage("echo no more")) == 7
    said = capsys.readouterr().out
    assert said.index("broken") < said.index("failed (7)") < said.index("tidied up")
    assert said.endswith(f"make test: '{fails.command}' failed\n")
    assert "no more" not in said


def test_one_that_says_nothing_new_hangs_and_is_named(
    sleeper: Stage, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(stages, "LONGEST_SILENCE", 3.0)
    assert run(sleeper, Stage("echo well")) == stages.HANGS
    said = capsys.readouterr().out
    assert said.index("tidied up") < said.index(f"<== {sleeper.command}: hangs")
    assert said.endswith(f"make test: '{sleeper.command}' failed\n")


def test_one_that_speaks_may_take_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stages, "LONGEST_SILENCE", 4.0)
    assert run(Stage("sh -c 'for n in 1 2 3 4 5 6 7 8 9 10; do echo $n; sleep 0.5; done'")) == 0


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_what_runs(
    sleeper: Stage, asleep: Path, number: signal.Signals, capsys: pytest.CaptureFixture[str]
) -> None:
    def send() -> None:
        while not asleep.exists():
            time.sleep(0.05)
        os.kill(os.getpid(), number)

    threading.Thread(daemon=True, target=send).start()
    assert run(sleeper) == 128 + number
    assert "tidied up" in capsys.readouterr().out
