"""Finds pg_dump and pg_restore of a version that fits the server."""

import importlib.util
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from psycopg.conninfo import conninfo_to_dict, make_conninfo

from storage.backup.errors import BackupFailed
from storage.embedded.binaries import HIDEOUTS, WHEEL_PACKAGE


def find_program(name: str, server: int) -> Path:
    """The program with the lowest major version that is not below the server's.

    An older pg_dump refuses the server; a newer pg_restore sets options that the server may not
    know.

    Raises:
        BackupFailed: no program fits; the message names the versions that were found.
    """
    found = {major: path for path in _candidates(name) if (major := _major(path))}
    fitting = [major for major in found if major >= server]
    if not fitting:
        versions = ", ".join(map(str, sorted(found))) or "none"
        raise BackupFailed(
            f"{name} of PostgreSQL {server} or newer is needed; found: {versions}. "
            f"Install it (Debian: postgresql-client-{server})"
        )
    return found[min(fitting)]


def connection_options(plain: str) -> tuple[str, dict[str, str]]:
    """A libpq string without the password, and an environment with it.

    Every user of the machine can read a process's arguments; only its own user can read its
    environment.
    """
    parts = conninfo_to_dict(plain)
    password = parts.pop("password", None)
    secret = {"PGPASSWORD": str(password)} if password else {}
    return make_conninfo("", **parts), {**os.environ, **secret, "LC_ALL": "C"}


def _candidates(name: str) -> Iterator[Path]:
    """The wheel's programs, then the installed ones; of one version, the last counts.

    The program on PATH may be Debian's wrapper, which chooses a version by itself.
    """
    spec = importlib.util.find_spec(WHEEL_PACKAGE)
    for place in (spec and spec.submodule_search_locations) or []:
        yield from Path(place).glob(f"pginstall*/bin/{name}")
    if on_path := shutil.which(name):
        yield Path(on_path)
    for pattern in HIDEOUTS:
        yield from Path("/").glob(f"{pattern}/{name}")


def _major(program: Path) -> int | None:
    try:
        said = subprocess.run((program, "--version"), check=True, capture_output=True, text=True)
    except (OSError, subprocess.CalledProcessError):
        return None
    found = re.search(r"\) (\d+)", said.stdout)
    return int(found[1]) if found else None
