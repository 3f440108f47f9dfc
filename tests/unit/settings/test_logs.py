"""Logs are kept over starts, bounded, and readable for their owner alone."""

import os
import time
from pathlib import Path

import pytest

from settings import logs
from settings.logs import Logs

DAY = 86_400


def write(kept: Logs, name: str, words: str) -> None:
    with kept.open(name) as log:
        log.write(words.encode())


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


def look_again(kept: Logs) -> None:
    kept._look_at = 0
    kept.tend()


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    return tmp_path / "logs"


def test_nobody_else_can_read_them(directory: Path) -> None:
    before = os.umask(0)
    try:
        kept = Logs(directory)
        write(kept, "rasa", "words\n")
        (directory / "older.log").write_text("by an older release")
        Logs(directory)
    finally:
        os.umask(before)
    assert mode(directory) == 0o700
    assert {mode(file) for file in directory.iterdir()} == {0o600}


def test_a_directory_of_others_keeps_its_rights(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    Logs(tmp_path)
    assert mode(tmp_path) == 0o755


def test_they_are_kept_over_starts_and_the_tail_is_of_the_last_one(directory: Path) -> None:
    write(Logs(directory), "rasa", "first\n")
    kept = Logs(directory)
    write(kept, "rasa", "second\n")
    text = (directory / "rasa.log").read_text()
    assert text.index("first") < text.index("second")
    assert kept.tail("rasa") == "second"


def test_a_full_one_is_set_aside_while_its_process_writes(
    directory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(logs, "MOST_BYTES", 100)
    kept = Logs(directory)
    with kept.open("rasa") as log:
        log.write(b"old" * 100)
        log.flush()
        look_again(kept)
        log.write(b"new\n")
    [aside] = directory.glob("rasa.log.*")
    assert aside.read_text().count("old") == 100
    assert mode(aside) == 0o600
    assert (directory / "rasa.log").read_text() == "new\n"


def test_yesterdays_is_set_aside_at_the_next_start(directory: Path) -> None:
    write(Logs(directory), "rasa", "yesterday\n")
    os.utime(directory / "rasa.log", (time.time() - DAY,) * 2)
    Logs(directory)
    [aside] = directory.glob("rasa.log.*")
    assert "yesterday" in aside.read_text()


def test_old_ones_are_deleted(directory: Path) -> None:
    kept = Logs(directory)
    write(kept, "rasa", "now\n")
    for day in range(20):
        aside = directory / f"rasa.log.202601{30 - day:02}-000000"
        aside.touch()
        os.utime(aside, (time.time() - day * 2 * DAY,) * 2)
    look_again(kept)
    left = sorted(path.name for path in directory.glob("rasa.log.*"))
    assert left == [f"rasa.log.202601{30 - day:02}-000000" for day in range(6, -1, -1)]


def test_where_nothing_can_be_written_it_is_an_error_of_the_system(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(OSError, match="Not a directory"):
        Logs(tmp_path / "file" / "logs")
