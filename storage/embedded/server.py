"""Starts the server's processes apart from ours, and handles the files that they leave."""

import os
import subprocess
import sys
from pathlib import Path

from storage.embedded.account import Account
from storage.embedded.ports import LOOPBACK

LONGEST_LOG = 10_000_000  # bytes; then it becomes log.1

# Errors are logged without the statements and values that led to them: those hold messages.
SETTINGS = (
    f"listen_addresses={LOOPBACK}",
    "unix_socket_directories=",
    "max_connections=200",
    "timezone=UTC",
    "log_timezone=UTC",
    "log_min_error_statement=panic",
    "log_error_verbosity=terse",
    # After a crash one sync of the file system instead of one for each of a thousand files:
    # 0.06 s against 0.1 to 2 s, measured.
    *(["recovery_init_sync_method=syncfs"] if sys.platform == "linux" else []),
)


def spawn_server(
    postgres: Path, data: Path, *, port: int, log: Path, lock: int, account: Account
) -> None:
    """Starts a server that outlives this process and gets no Ctrl-C of its terminal.

    The shell that starts it ends at once, so init becomes the server's parent and reaps it: a dead
    server is never a zombie, which PostgreSQL would take for a living one. It inherits `lock`.
    """
    if log.exists() and log.stat().st_size > LONGEST_LOG:
        log.replace(log.with_suffix(".1"))
    settings = [word for setting in (f"port={port}", *SETTINGS) for word in ("-c", setting)]
    log.touch(mode=0o600)
    with log.open("ab") as output:
        subprocess.run(
            ("/bin/sh", "-c", '"$@" &', "sh", postgres, "-D", data, *settings),
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            pass_fds=(lock,),
            check=True,
            **account.options(),
        )


def postmaster_pid(data: Path) -> int:
    """The pid in the pid file of the last server in `data`, or 0."""
    try:
        first = (data / "postmaster.pid").read_text().partition("\n")[0]
    except FileNotFoundError:
        return 0
    return int(first) if first.isdecimal() else 0


def works_in(pid: int, data: Path) -> bool:
    """Whether the process `pid` works in the directory `data`, as servers do.

    Without /proc the answer is always yes.
    """
    if not Path("/proc/self/cwd").exists():
        return True
    try:
        return os.readlink(f"/proc/{pid}/cwd") == str(data)
    except OSError:  # gone, a zombie, or somebody else's
        return False


def drop_stale_pid(data: Path) -> None:
    """Removes the pid file of a dead server whose pid now belongs to another process or a zombie.

    PostgreSQL would trust it and refuse to start. The caller holds the running lock, so no process
    of our server lives.
    """
    pid = postmaster_pid(data)
    if pid and not works_in(pid, data):
        (data / "postmaster.pid").unlink()


def last_words(log: Path) -> str:
    """The end of the log in one line, for a message."""
    text = log.read_text(errors="replace") if log.exists() else ""
    return f"{' | '.join(text.splitlines()[-3:])} (see {log})"
