"""What Linux says of processes."""

import contextlib
from pathlib import Path


def descendants(pid: int) -> list[int]:
    """All processes that this one started, directly or not; those that end meanwhile left out."""
    found: list[int] = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in _read(task).split():
            found += [int(child), *descendants(int(child))]
    return found


def command_of(pid: int) -> str:
    """The command line; empty once the process has ended."""
    return _read(Path(f"/proc/{pid}/cmdline")).replace("\0", " ")


def _read(file: Path) -> str:
    with contextlib.suppress(FileNotFoundError, ProcessLookupError):
        return file.read_text()
    return ""
