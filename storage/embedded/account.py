"""The user that the server runs as: PostgreSQL refuses root."""

import os
import pwd
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from storage.embedded.errors import EmbeddedError


@dataclass(frozen=True)
class Account:
    """A user of this machine; `switch` is False when this process already runs as that user."""

    uid: int
    gid: int
    switch: bool

    def run(self, *command: str | Path, timeout: float = 120) -> subprocess.CompletedProcess[str]:
        """Runs a command to its end as this user; its output is in the result."""
        return subprocess.run(
            command, capture_output=True, text=True, timeout=timeout, check=False, **self.options()
        )

    def options(self) -> dict[str, Any]:
        """Keyword arguments that make `subprocess` start a server's program as this user.

        The environment has no PG* variables (PGDATA, PGPORT, ... may belong to other servers). The
        programs run in English, since our messages quote them.
        """
        environment = {key: value for key, value in os.environ.items() if key[:2] != "PG"}
        options: dict[str, Any] = {
            "env": {**environment, "LC_ALL": "C"},
            "cwd": "/",
            "umask": 0o077,
            "stdin": subprocess.DEVNULL,
        }
        if self.switch:
            options |= {"user": self.uid, "group": self.gid, "extra_groups": []}
        return options

    def own(self, path: Path) -> None:
        """Makes this user the owner of a file or directory."""
        if self.switch:
            os.chown(path, self.uid, self.gid)

    def can_enter(self, directory: Path) -> bool:
        """Whether this user can enter a directory and all directories above it."""
        try:
            return self.run("/bin/sh", "-c", 'cd "$1"', "sh", directory).returncode == 0
        except (PermissionError, subprocess.SubprocessError) as error:
            raise EmbeddedError(
                f"root cannot start PostgreSQL as user {self.uid} here ({error}): run this as an "
                "ordinary user, or set DATABASE_URL to a PostgreSQL that runs elsewhere"
            ) from error


def choose_account(data: Path) -> Account:
    """The owner of the data; for new data this user, and for root `postgres`, else `nobody`."""
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid(), switch=False)
    if data.exists() and (owner := data.stat()).st_uid != 0:
        return Account(owner.st_uid, owner.st_gid, switch=True)
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(entry.pw_uid, entry.pw_gid, switch=True)
    raise EmbeddedError(
        "PostgreSQL refuses to run as root, and there is neither a user postgres nor nobody: "
        "add one, or set DATABASE_URL"
    )
