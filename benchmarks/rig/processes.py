"""Measures CPU seconds and memory of a running stack's processes, by the names of its parts."""

import contextlib
import os
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import psycopg

from tests.processes import children, command_of, descendants

TICKS = os.sysconf("SC_CLK_TCK")
# What follows the name in /proc/PID/stat; proc_pid_stat(5) counts from 3.
_PARENT, _USER, _SYSTEM, _CHILDREN_USER, _CHILDREN_SYSTEM = 1, 11, 12, 13, 14
# A word of the command line and what we call the process; the action server may be missing.
PARTS = {
    "-m rasa_sdk": "action server",
    "rasa run": "Rasa workers",
    "connectors.whatsapp.receive.receiver": "receiver",
    "connectors.whatsapp.send.sender": "sender",
    "-m console": "console",
}
SUPERVISOR = "supervisor"
DATABASE = "PostgreSQL"
OTHERS = "others"

Costs = dict[str, float]


@dataclass(frozen=True)
class Stack:
    """The supervisor's process id and the postmaster's."""

    supervisor: int
    postmaster: int

    def cpu(self) -> Costs:
        """CPU seconds since the start by part, those of processes that ended included."""
        return self._by_part(cpu_of)

    def memory(self, kind: str) -> Costs:
        """MB by part; the kind is "Rss", or "Pss" (shared pages divided among their users)."""
        return self._by_part(lambda pid: memory_of(pid, kind))

    def _by_part(self, cost: Callable[[int], float]) -> Costs:
        parts: Costs = defaultdict(float)
        for child in children(self.supervisor):
            parts[name_process(command_of(child))] += tree(child, cost)
        parts[SUPERVISOR] = cost(self.supervisor)
        parts[DATABASE] = tree(self.postmaster, cost)
        return dict(parts)


def tree(pid: int, cost: Callable[[int], float]) -> float:
    """The costs of this process and all its children together."""
    return sum(map(cost, [pid, *descendants(pid)]))


def name_process(command: str) -> str:
    """The name of the part that has this command line."""
    return next((name for word, name in PARTS.items() if word in command), OTHERS)


def cpu_of(pid: int) -> float:
    """CPU seconds of a process and of its children that have ended; 0 once it is gone itself."""
    fields = _fields(pid)
    wanted = (_USER, _SYSTEM, _CHILDREN_USER, _CHILDREN_SYSTEM)
    return sum(int(fields[place]) for place in wanted) / TICKS if fields else 0.0


def parent_of(pid: int) -> int:
    """The process that started this one; 0 once it is gone."""
    fields = _fields(pid)
    return int(fields[_PARENT]) if fields else 0


def memory_of(pid: int, kind: str) -> float:
    """MB; 0 once the process is gone."""
    with contextlib.suppress(FileNotFoundError, ProcessLookupError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith(f"{kind}:"):
                return int(line.split()[1]) / 1024
    return 0.0


def postmaster_of(url: str) -> int:
    """The server's first process: the parent of every backend."""
    with psycopg.connect(url) as connection:
        return parent_of(connection.info.backend_pid)


def spent(before: Costs, after: Costs) -> Costs:
    """What was spent between two looks, by part."""
    return {part: after[part] - before.get(part, 0.0) for part in after}


def _fields(pid: int) -> list[str]:
    """The fields after the process's name, which may hold blanks; empty if the process has
    ended."""
    with contextlib.suppress(FileNotFoundError, ProcessLookupError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return []
