"""What Linux says of processes."""

import contextlib
from pathlib import Path

# A process can end at any moment of a look at it, also between two calls of the system.
_ENDED = (FileNotFoundError, ProcessLookupError)


def descendants(pid: int) -> list[int]:
    """All processes that this one started, directly or not; those that end meanwhile left out."""
    found: list[int] = []
    for child in children(pid):
        found += [child, *descendants(child)]
    return found


def children(pid: int) -> list[int]:
    """The processes that this one started itself; none once it has ended."""
    with contextlib.suppress(*_ENDED):
        tasks = list(Path(f"/proc/{pid}/task").iterdir())
        return [int(child) for task in tasks for child in _read(task / "children").split()]
    return []


def command_of(pid: int) -> str:
    """The command line; empty once the process has ended."""
    return _read(Path(f"/proc/{pid}/cmdline")).replace("\0", " ")


def _read(file: Path) -> str:
    with contextlib.suppress(*_ENDED):
        return file.read_text()
    return ""
